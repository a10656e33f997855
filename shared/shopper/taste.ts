import type { FactorModel } from '../recommender/model/factor-model.ts';
import type { SeenItem } from '../recommender/scoring/scorer.ts';
import { type Preference, type PreferenceEvent, preferencesFor } from './preferences.ts';

/** A shopper's preferences, as one model reads their events. */
export interface Taste {
  /** By item id, also of items that the model does not know. */
  readonly preferences: ReadonlyMap<string, Preference>;
  /** The preferences of items that the model knows; empty for a shopper of whom it knows nothing. */
  readonly seen: readonly SeenItem[];
}

export const NO_TASTE: Taste = { preferences: new Map(), seen: [] };

/** @param events oldest first */
export function tasteOf({ items, parameters }: FactorModel, events: Iterable<PreferenceEvent>): Taste {
  const preferences = preferencesFor(parameters.feedback)(events);
  const seen = [...preferences].flatMap(([itemId, { value }]) => {
    const item = items.indexOf(itemId);
    return item === undefined ? [] : [{ item, value }];
  });
  return { preferences, seen };
}
