import { standingOf } from '../../shared/prices/best-deal.ts';
import type { Availability } from '../../shared/prices/offer.ts';
import type { IconName } from '../ui/icon.tsx';

/** A stock state in words and by an icon; the colour only repeats it. */
export interface AvailabilityLabel {
  text: string;
  icon: IconName;
  tone: 'good' | 'wait' | 'bad' | 'unknown';
}

const LABELS: Record<Availability, AvailabilityLabel> = {
  InStock: { text: 'In stock', icon: 'check', tone: 'good' },
  OnlineOnly: { text: 'In stock, online only', icon: 'check', tone: 'good' },
  LimitedAvailability: { text: 'Few left', icon: 'few', tone: 'good' },
  InStoreOnly: { text: 'In the shop only', icon: 'bag', tone: 'wait' },
  MadeToOrder: { text: 'Made to order', icon: 'clock', tone: 'wait' },
  PreOrder: { text: 'Pre-order', icon: 'clock', tone: 'wait' },
  PreSale: { text: 'Pre-sale', icon: 'clock', tone: 'wait' },
  BackOrder: { text: 'On back order', icon: 'clock', tone: 'wait' },
  Reserved: { text: 'Reserved', icon: 'cross', tone: 'bad' },
  OutOfStock: { text: 'Out of stock', icon: 'cross', tone: 'bad' },
  SoldOut: { text: 'Sold out', icon: 'cross', tone: 'bad' },
  Discontinued: { text: 'No longer made', icon: 'cross', tone: 'bad' },
};

export function availabilityLabel(availability: Availability | null): AvailabilityLabel {
  if (availability === null) return { text: 'Stock unknown', icon: 'question', tone: 'unknown' };
  return LABELS[availability];
}

/** Whether the product can be ordered. A sold-out price is no offer. */
export function canBeBought(availability: Availability | null): boolean {
  return standingOf(availability) !== 'gone';
}
