import type { Condition } from '../../offer.ts';
import { alternatives, anywhere, bounded, wholeWords, wordsOf } from '../../words/compile.ts';
import type { Extractor } from '../extractor.ts';
import { Ballot } from '../vote.ts';
import { NOT_OWN } from './surroundings.ts';

/** "Condition" before a colon, at the end of a text, or alone. */
const LABEL = new RegExp(
  `^(?:${alternatives(wordsOf(({ conditionLabel }) => conditionLabel))})\\s*(?:[:：]\\s*(.*))?$`,
  'iu',
);

/** What shops call a condition; the first that fits counts, so that "used - like new" is used. */
const WORDS: readonly [condition: Condition, words: RegExp][] = [
  ['RefurbishedCondition', anywhere(wordsOf(({ refurbished }) => refurbished))],
  ['DamagedCondition', anywhere(wordsOf(({ damaged }) => damaged))],
  ['UsedCondition', wholeWords(wordsOf(({ used }) => used))],
  [
    'NewCondition',
    new RegExp(
      `^(?:${bounded(
        wordsOf((words) => words.new),
        '',
        '(?!\\p{L})',
      )})`,
      'iu',
    ),
  ],
];

const BEFORE_TITLE = 20;
const AFTER_TITLE = 300;
const MAX_LENGTH = 60;
const LABELLED = 0.8;
/** A title that says so is about that; what is new is hardly ever called so. */
const IN_TITLE: Partial<Record<Condition, number>> = { RefurbishedCondition: 0.7 };

/** Whether the thing is new, used or refurbished, by a labelled value or by the title. */
export const visibleCondition: Extractor = {
  name: 'visible-condition',
  fills: ['condition'],
  vote({ layout }) {
    const ballot = new Ballot();
    for (const placed of layout.around(BEFORE_TITLE, AFTER_TITLE, MAX_LENGTH)) {
      const label = LABEL.exec(placed.text);
      if (!label || (layout.bitsAround(placed.node) & NOT_OWN) !== 0) continue;
      const value = label[1] || (layout.valueAfter(placed, 1) ?? '');
      ballot.add('condition', conditionIn(value), `${placed.text} ${label[1] ? '' : value}`.trim(), LABELLED);
      if (ballot.votes.length > 0) break;
    }
    const title = layout.title ?? '';
    const named = conditionIn(title);
    const sure = named === null ? undefined : IN_TITLE[named];
    if (sure !== undefined) ballot.add('condition', named, title, sure);
    return ballot.votes;
  },
};

function conditionIn(text: string): Condition | null {
  return WORDS.find(([, words]) => words.test(text))?.[0] ?? null;
}
