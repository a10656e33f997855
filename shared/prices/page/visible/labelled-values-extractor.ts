import type { Extractor } from '../extractor.ts';
import { plainCode, validGtin } from '../product-code.ts';
import { Ballot } from '../vote.ts';
import { type LabelledField, readLabel } from './labels.ts';
import { AROUND, NOT_OWN } from './surroundings.ts';

/** Labelled values stand this far before and after the title, in texts: specifications come late. */
const BEFORE_TITLE = 60;
const AFTER_TITLE = 900;
/** What stands further off may belong to a part or to another product. */
const NEAR_TITLE = 200;
/** How often a value is right: in one text with its label, in a text beside it, and far from the title. */
const WITHIN = 0.96;
const BESIDE = 0.85;
const FAR = 0.65;
/** The value of a label without one stands in one of this many following texts. */
const VALUE_REACH = 2;
const MAX_LABEL_LENGTH = 80;
/** The number of a product also stands behind its breadcrumbs. */
const OWN_PLACES = AROUND.navigation;
const MAX_BRAND_LENGTH = 40;
const MAX_CODE_LENGTH = 30;
/** Later values under the same label belong to other products more and more often. */
const MAX_VALUES = 3;

/** What stands beside "SKU:", "Model no.", "Marke" and the like. */
export const labelledValues: Extractor = {
  name: 'labelled-values',
  vote({ layout }) {
    const ballot = new Ballot();
    const nFound: Record<LabelledField, number> = { sku: 0, mpn: 0, gtin: 0, brand: 0 };
    for (const placed of layout.around(BEFORE_TITLE, AFTER_TITLE, MAX_LABEL_LENGTH)) {
      const label = readLabel(placed.text) ?? readSplitLabel(placed.text, layout.line(placed.at + 1));
      if (label === null || nFound[label.field] >= MAX_VALUES) continue;
      if ((layout.bitsAround(placed.node) & NOT_OWN & ~OWN_PLACES) !== 0) continue;
      const value = label.value === '' ? layout.valueAfter(placed, VALUE_REACH) : label.value;
      if (value === null) continue;
      const raw = label.value === '' ? `${placed.text} ${value}` : placed.text;
      const isNear = Math.abs(placed.at - layout.titleAt) <= NEAR_TITLE;
      const sure = isNear ? (label.value === '' ? BESIDE : WITHIN) : FAR;
      if (voteFor(ballot, label.field, value, raw, sure * 0.75 ** nFound[label.field])) nFound[label.field] += 1;
    }
    return ballot.votes;
  },
};

/** `Item` and `#4711` in elements of their own. */
function readSplitLabel(text: string, next: string): ReturnType<typeof readLabel> {
  return next.startsWith('#') ? readLabel(`${text} # ${next.slice(1).trim()}`) : null;
}

function voteFor(ballot: Ballot, field: LabelledField, value: string, raw: string, confidence: number): boolean {
  const nVotes = ballot.votes.length;
  if (field === 'brand') ballot.add('brand', brandIn(value), raw, confidence);
  else if (field === 'gtin') ballot.add('gtin', validGtin(value), raw, confidence);
  else ballot.add(field, codeIn(value) ?? (field === 'sku' ? lettersIn(value) : null), raw, confidence);
  return ballot.votes.length > nVotes;
}

/** Three letters, or fewer of which one is large: "by" is none. */
const NAME = /\p{L}.*\p{L}.*\p{L}|[\p{Lu}\p{Lo}\p{N}]/u;

function brandIn(value: string): string | null {
  return value.length <= MAX_BRAND_LENGTH && readLabel(value) === null && NAME.test(value) ? value : null;
}

function codeIn(value: string): string | null {
  const code = plainCode(value);
  if (code === null || code.length > MAX_CODE_LENGTH || !/\d/.test(code) || PROSE.test(code)) return null;
  return /^[\p{L}\p{N}][\p{L}\p{N}\s._/+-]*$/u.test(code) && code.split(' ').length <= 3 ? code : null;
}

/** `2 - Pack`: a choice in words, no code. */
const PROSE = /\s[-–]\s/;

/** Few stock numbers have no digit; those are in capitals, as a word hardly ever is: `LUM-ARC-BR`. */
function lettersIn(value: string): string | null {
  return /^[A-Z]{2,}(?:[-_./][A-Z]+)+$|^[B-DF-HJ-NP-TV-XZ]{5,}$/.test(value) ? value : null;
}
