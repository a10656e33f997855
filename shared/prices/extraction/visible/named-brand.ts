import { type Element, isTag, type Text } from 'domhandler';
import { collapse, lineText } from '../dom.ts';
import type { Page } from '../page.ts';
import type { Ballot } from '../vote.ts';
import type { Anchors } from './anchors.ts';
import { readLabel } from './labels.ts';
import { AROUND, type Surroundings } from './surroundings.ts';

/** How far before and after the title an element named for the brand may stand, in texts. */
const BEFORE_TITLE = 25;
const AFTER_TITLE = 250;
const MAX_BRAND_LENGTH = 40;
const NAMED_LEVELS = 3;
const BRAND_NAME =
  /brand(?!-?(?:theme|color|new))|manufacturer|(?:^|[^a-z])(?:marke|marca|marque|merk|marka|vendor|producer|designer)(?:[^a-z]|$)/;
const NOT_OWN = AROUND.elsewhere | AROUND.frame;

/** Votes for the short text of an element or link that is named for the brand, when the title has it too. */
export function voteOnNamedBrand(ballot: Ballot, page: Page, { title }: Anchors, surroundings: Surroundings): void {
  if (!title) return;
  const { texts } = page.outline;
  const titleText = lineText(title.element, 300).toLowerCase();
  const to = Math.min(texts.length, title.at + AFTER_TITLE);
  for (let at = Math.max(0, title.at - BEFORE_TITLE); at < to; at += 1) {
    const brand = brandOf(texts[at]!);
    if (brand === null || (surroundings.of(texts[at]!.parent as Element) & NOT_OWN) !== 0) continue;
    if (!titleText.includes(brand.toLowerCase())) continue;
    ballot.add('brand', brand, brand, 0.65);
    return;
  }
}

function brandOf(node: Text): string | null {
  if (node.data.length > 4 * MAX_BRAND_LENGTH) return null;
  const text = collapse(node.data);
  if (text.length < 2 || text.length > MAX_BRAND_LENGTH || !/\p{L}/u.test(text) || readLabel(text) !== null)
    return null;
  let element = node.parent;
  for (let level = 0; level < NAMED_LEVELS && element && isTag(element); level += 1, element = element.parent) {
    if (isNamedForBrand(element)) return text;
  }
  return null;
}

function isNamedForBrand({ name, attribs }: Element): boolean {
  const names = `${attribs.class ?? ''} ${attribs.id ?? ''} ${attribs.itemprop ?? ''}`.toLowerCase();
  if (names.length < 200 && BRAND_NAME.test(names)) return true;
  return (
    name === 'a' &&
    /\/(?:brands?|marken?|marques?|marcas?|merken|manufacturers?|vendors?|designers?)\//i.test(attribs.href ?? '')
  );
}
