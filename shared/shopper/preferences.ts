import type { EventType } from '../api/events.ts';

/** A shopper's preference for one item, out of their events. */
export interface Preference {
  /** Rating (explicit) or strength (implicit): what training and fold-in both read. */
  value: number;
  /** The strongest thing that happened, for the words of a reason. */
  strongest: EventType;
}

export interface PreferenceEvent {
  itemId: string;
  type: EventType;
  value: number;
}

/** A rating below this is a dislike: never a positive example of implicit feedback. */
const LIKED_RATING = 3;

const STRENGTH: Record<EventType, number> = { view: 1, rating: 2, purchase: 3 };

/**
 * Implicit feedback from a shopper's events, oldest first: per item, how many times it was seen, bought or liked.
 * An item whose last rating is a dislike is left out. A quantity is not a strength: six cups are one liking.
 */
export function implicitPreferences(events: Iterable<PreferenceEvent>): Map<string, Preference> {
  const preferences = new Map<string, Preference>();
  const disliked = new Set<string>();
  for (const { itemId, type, value } of events) {
    if (type === 'rating') {
      if (value < LIKED_RATING) disliked.add(itemId);
      else disliked.delete(itemId);
    }
    const known = preferences.get(itemId);
    if (known === undefined) preferences.set(itemId, { value: 1, strongest: type });
    else {
      known.value += 1;
      if (STRENGTH[type] > STRENGTH[known.strongest]) known.strongest = type;
    }
  }
  for (const itemId of disliked) preferences.delete(itemId);
  return preferences;
}

/** Explicit feedback: per item the last rating; views and purchases do not count. Events oldest first. */
export function explicitPreferences(events: Iterable<PreferenceEvent>): Map<string, Preference> {
  const preferences = new Map<string, Preference>();
  for (const { itemId, type, value } of events)
    if (type === 'rating') preferences.set(itemId, { value, strongest: type });
  return preferences;
}

export function preferencesFor(feedback: 'explicit' | 'implicit'): typeof implicitPreferences {
  return feedback === 'implicit' ? implicitPreferences : explicitPreferences;
}
