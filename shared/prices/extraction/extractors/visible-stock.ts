import { availabilityFromText } from '../availability-phrases.ts';
import type { Extractor } from '../extractor.ts';
import { AROUND } from '../visible/surroundings.ts';
import { Ballot } from '../vote.ts';

/** A stock phrase is a short text; longer ones tell of stock in general. */
const MAX_PHRASE_LENGTH = 90;
/** How far before and after the title a stock phrase may stand, in texts. */
const BEFORE_TITLE = 15;
const AFTER_TITLE = 160;
/** Phrases of other products, of single sizes and of pages in general. */
const NOT_OWN =
  AROUND.elsewhere | AROUND.card | AROUND.frame | AROUND.navigation | AROUND.link | AROUND.hidden | AROUND.choice;
/** Words that turn a stock phrase into a rule, a question or a wish. */
const NOT_A_STATE =
  /\?|\bif\b|\bwhen\b|\bwenn\b|\bfalls\b|\bsi\b|\bse\b|subject to|can be|may be|usually|policy|terms|stores?\b|filialen?|in store/i;

/** The stock state by the phrases near the title and by the buy button. */
export const visibleStock: Extractor = {
  name: 'visible-stock',
  vote({ layout }) {
    const ballot = new Ballot();
    let saysAbsent = false;
    for (const { node, at, text } of layout.around(BEFORE_TITLE, AFTER_TITLE, MAX_PHRASE_LENGTH)) {
      const state = availabilityFromText(text);
      if (state === null || NOT_A_STATE.test(text)) continue;
      const around = layout.bitsAround(node);
      if ((around & NOT_OWN) !== 0 || (state === 'OutOfStock' && (around & AROUND.shipping) !== 0)) continue;
      const nearness = Math.max(0.2, 0.75 - Math.abs(at - layout.titleAt) / 300);
      ballot.add('availability', state, text, nearness * ((around & AROUND.stock) !== 0 ? 1 : 0.75));
      if (state === 'OutOfStock') saysAbsent = true;
    }
    const { buy } = layout.anchors;
    if (buy?.disabled) ballot.add('availability', 'OutOfStock', 'disabled buy button', saysAbsent ? 0.6 : 0.3);
    else if (buy) ballot.add('availability', 'InStock', 'buy button', saysAbsent ? 0.3 : 0.6);
    return ballot.votes;
  },
};
