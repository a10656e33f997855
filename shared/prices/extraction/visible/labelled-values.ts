import { isTag, type Text } from 'domhandler';
import { collapse, isNear } from '../dom.ts';
import type { Page } from '../page.ts';
import { plainCode, validGtin } from '../product-code.ts';
import type { Ballot } from '../vote.ts';
import type { Anchors } from './anchors.ts';
import { type LabelledField, readLabel } from './labels.ts';
import { AROUND, type Surroundings } from './surroundings.ts';

/** Labelled values stand this far before and after the title, in texts: specifications come late. */
const BEFORE_TITLE = 60;
const AFTER_TITLE = 900;
const NOT_OWN = AROUND.elsewhere | AROUND.frame;
/** The value of a label without one stands in one of this many following texts. */
const VALUE_REACH = 2;
const MAX_LABEL_LENGTH = 80;
const MAX_BRAND_LENGTH = 40;

/** Votes for what stands beside "SKU:", "Model no.", "Marke" and the like. */
export function voteOnLabelledValues(ballot: Ballot, page: Page, { title }: Anchors, surroundings: Surroundings): void {
  const { texts } = page.outline;
  const titleAt = title?.at ?? 0;
  const to = Math.min(texts.length, titleAt + AFTER_TITLE);
  const n_found: Record<LabelledField, number> = { sku: 0, mpn: 0, gtin: 0, brand: 0 };
  for (let at = Math.max(0, titleAt - BEFORE_TITLE); at < to; at += 1) {
    const node = texts[at]!;
    if (node.data.length > 2 * MAX_LABEL_LENGTH) continue;
    const text = collapse(node.data);
    const label = readLabel(text);
    if (label === null || n_found[label.field] > 2 || !isOwn(node, surroundings)) continue;
    const value = label.value === '' ? valueAfter(texts, at) : label.value;
    if (value === null) continue;
    const confidence = 0.7 * 0.75 ** n_found[label.field];
    if (voteFor(ballot, label.field, value, `${text} ${label.value === '' ? value : ''}`.trim(), confidence)) {
      n_found[label.field] += 1;
    }
  }
}

function voteFor(ballot: Ballot, field: LabelledField, value: string, raw: string, confidence: number): boolean {
  switch (field) {
    case 'brand':
      if (value.length > MAX_BRAND_LENGTH || readLabel(value) !== null || !/\p{L}/u.test(value)) return false;
      ballot.add('brand', value, raw, confidence);
      return true;
    case 'gtin': {
      const gtin = validGtin(value);
      ballot.add('gtin', gtin, raw, confidence + 0.1);
      return gtin !== null;
    }
    default: {
      const code = plainCode(value);
      if (code === null || !/\d/.test(code) || !/^[\p{L}\p{N}][\p{L}\p{N}\s._/+-]*$/u.test(code)) return false;
      if (code.length > 30 || code.split(' ').length > 3) return false;
      ballot.add(field, code, raw, confidence);
      return true;
    }
  }
}

function valueAfter(texts: readonly Text[], at: number): string | null {
  for (let next = at + 1; next <= at + VALUE_REACH && next < texts.length; next += 1) {
    const node = texts[next]!;
    if (!isNear(node, texts[at]!)) return null;
    const text = collapse(node.data).replace(/^[:：#]\s*/, '');
    if (text !== '' && /[\p{L}\p{N}]/u.test(text)) return text;
  }
  return null;
}

function isOwn(node: Text, surroundings: Surroundings): boolean {
  const parent = node.parent;
  return parent !== null && isTag(parent) && (surroundings.of(parent) & NOT_OWN) === 0;
}
