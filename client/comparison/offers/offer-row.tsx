import Skeleton from '@mui/material/Skeleton';
import type { BestDeal, ComparedOffer } from '../../../shared/api/comparison.ts';
import type { Condition } from '../../../shared/prices/offer.ts';
import { formatMoney, formatUnitPrice } from '../../ui/format-money.ts';
import { Icon } from '../../ui/icon.tsx';
import { Time } from '../../ui/time.tsx';
import { availabilityLabel, canBeBought } from '../availability.ts';
import { isZero, percentBelow } from '../decimal.ts';
import styles from './offer-row.module.css';
import { whyBest } from './why-best.ts';

const CONDITION_LABELS: Record<Condition, string | null> = {
  NewCondition: null,
  UsedCondition: 'Used',
  RefurbishedCondition: 'Refurbished',
  DamagedCondition: 'Damaged',
};

interface OfferRowProps {
  offer: ComparedOffer;
  /** Set on the one offer that is the best deal. */
  best: BestDeal | null;
}

/** One shop's offer: the total, its parts, the stock, and when it was checked. */
export function OfferRow({ offer, best }: OfferRowProps) {
  const availability = availabilityLabel(offer.availability);
  const condition = offer.condition === null ? null : CONDITION_LABELS[offer.condition];
  return (
    <li
      className={styles.offer}
      data-key={offer.url}
      data-best={best !== null}
      data-available={canBeBought(offer.availability)}
    >
      {best !== null && (
        <p className={styles.best}>
          <strong>Best deal</strong> <span>{whyBest(best)}</span>
        </p>
      )}
      <div className={styles.row}>
        <div className={styles.shop}>
          <h3>{offer.shop_name}</h3>
          <p className={styles.title}>{offer.title}</p>
        </div>
        <ul className={styles.facts}>
          <li data-tone={availability.tone}>
            <Icon name={availability.icon} size={18} /> {availability.text}
          </li>
          {condition !== null && <li>{condition}</li>}
          {offer.unconfirmed && (
            <li>
              <Icon name="question" size={18} /> Uncertain price, not yet confirmed
            </li>
          )}
          <li>
            <span>
              Checked <Time at={new Date(offer.checked_at)} />
            </span>
          </li>
        </ul>
        <div className={styles.prices}>
          <p className={styles.total}>
            {offer.total === null ? `from ${formatMoney(offer.price)}` : formatMoney(offer.total)}
          </p>
          <p className={styles.parts}>{shippingText(offer)}</p>
          <Saving offer={offer} />
          {offer.unit_price !== null && <p className={styles.parts}>{formatUnitPrice(offer.unit_price)}</p>}
          {offer.original_price !== null && (
            <p className={styles.parts}>The shop asks {formatMoney(offer.original_price)}</p>
          )}
        </div>
        <a className={styles.link} href={offer.url} target="_blank" rel="noopener noreferrer nofollow">
          To the shop<span className="visually-hidden"> {offer.shop_name} (opens a new tab)</span>
          <Icon name="external" size={18} />
        </a>
      </div>
    </li>
  );
}

/** The saving against the shop's own list price, without shipping. */
function Saving({ offer: { price, list_price } }: { offer: ComparedOffer }) {
  if (list_price === null || list_price.currency !== price.currency) return null;
  const saving = percentBelow(price.amount, list_price.amount);
  if (saving === 0) return null;
  return (
    <p className={styles.saving}>
      {saving}% below its list price <s>{formatMoney(list_price)}</s>
    </p>
  );
}

function shippingText({ price, shipping }: ComparedOffer): string {
  if (shipping === null) return 'plus shipping, which is unknown';
  if (isZero(shipping.amount)) return 'shipping is free';
  return `${formatMoney(price)} + ${formatMoney(shipping)} shipping`;
}

/** An empty row for a shop that has not answered yet, as high as a real one. */
export function OfferRowSkeleton({ motionKey }: { motionKey: string }) {
  return (
    <li className={styles.offer} data-key={motionKey} aria-hidden="true">
      <div className={styles.row}>
        <div className={styles.shop}>
          <Skeleton width="50%" height={26} />
          <Skeleton width="85%" height={21} />
        </div>
        <div className={styles.facts}>
          <Skeleton width={110} height={21} />
          <Skeleton width={140} height={21} />
        </div>
        <div className={styles.prices}>
          <Skeleton width={100} height={32} />
          <Skeleton width={140} height={21} />
        </div>
        <div className={styles.link}>
          <Skeleton width={90} height={24} />
        </div>
      </div>
    </li>
  );
}
