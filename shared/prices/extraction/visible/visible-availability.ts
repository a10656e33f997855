import { isTag, type Text } from 'domhandler';
import { availabilityFromText } from '../availability-phrases.ts';
import { collapse } from '../dom.ts';
import type { Page } from '../page.ts';
import type { Ballot } from '../vote.ts';
import type { Anchors } from './anchors.ts';
import { AROUND, type Surroundings } from './surroundings.ts';

/** A stock phrase is a short text; longer ones tell of stock in general. */
const MAX_PHRASE_LENGTH = 90;
/** How far before and after the title a stock phrase may stand, in texts. */
const BEFORE_TITLE = 15;
const AFTER_TITLE = 160;
/** Phrases of other products, of single sizes and of pages in general. */
const NOT_OWN = AROUND.elsewhere | AROUND.frame | AROUND.link | AROUND.hidden | AROUND.choice;
/** Words that turn a stock phrase into a rule, a question or a wish. */
const NOT_A_STATE =
  /\?|\bif\b|\bwhen\b|\bwenn\b|\bfalls\b|\bsi\b|\bse\b|subject to|can be|may be|usually|policy|terms|stores?\b|filialen?|in store/i;

/** Votes on the stock state by phrases near the title and by the buy button. */
export function voteOnVisibleAvailability(
  ballot: Ballot,
  page: Page,
  { title, buy }: Anchors,
  surroundings: Surroundings,
): void {
  const { texts } = page.outline;
  const from = Math.max(0, (title?.at ?? 0) - BEFORE_TITLE);
  const to = Math.min(texts.length, (title?.at ?? 0) + AFTER_TITLE);
  let absent: string | null = null;
  for (let at = from; at < to; at += 1) {
    const node = texts[at]!;
    const phrase = phraseOf(node);
    if (phrase === null) continue;
    const state = availabilityFromText(phrase);
    if (state === null || !node.parent || !isTag(node.parent)) continue;
    const around = surroundings.of(node.parent);
    if ((around & NOT_OWN) !== 0 || (state === 'OutOfStock' && (around & AROUND.shipping) !== 0)) continue;
    const named = (around & AROUND.stock) !== 0;
    const confidence = Math.max(0.2, 0.75 - Math.abs(at - (title?.at ?? from)) / 300) * (named ? 1 : 0.75);
    ballot.add('availability', state, phrase, confidence);
    if (state === 'OutOfStock') absent ??= phrase;
  }
  if (!buy) return;
  if (buy.disabled) ballot.add('availability', 'OutOfStock', 'disabled buy button', absent === null ? 0.3 : 0.6);
  else ballot.add('availability', 'InStock', 'buy button', absent === null ? 0.6 : 0.3);
}

function phraseOf(node: Text): string | null {
  if (node.data.length > 4 * MAX_PHRASE_LENGTH) return null;
  const phrase = collapse(node.data);
  return phrase.length > MAX_PHRASE_LENGTH || NOT_A_STATE.test(phrase) ? null : phrase;
}
