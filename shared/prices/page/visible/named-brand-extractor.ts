import { type Element, isTag, type Text } from 'domhandler';
import { alternatives, inNames, wordsOf } from '../../words/compile.ts';
import type { Extractor } from '../extractor.ts';
import { Ballot } from '../vote.ts';
import { readLabel } from './labels.ts';
import { NOT_OWN } from './surroundings.ts';

/** How far before and after the title an element named for the brand may stand, in texts. */
const BEFORE_TITLE = 25;
const AFTER_TITLE = 250;
const MAX_BRAND_LENGTH = 40;
const NAMED_LEVELS = 3;
const BRAND_NAME = inNames(wordsOf(({ names }) => names?.brand));
const BRAND_ADDRESS = new RegExp(`/(?:${alternatives(wordsOf(({ brandFolders }) => brandFolders))})/`, 'i');
/** Longer lists of class names are utility classes. */
const MAX_NAMES_LENGTH = 200;

/** The short text of an element or a link that is named for the brand, when the title has it too. */
export const namedBrand: Extractor = {
  name: 'named-brand',
  fills: ['brand'],
  vote({ layout }) {
    const ballot = new Ballot();
    const title = layout.title?.toLowerCase();
    if (title === undefined) return [];
    for (const { node, text } of layout.around(BEFORE_TITLE, AFTER_TITLE, MAX_BRAND_LENGTH)) {
      if (text.length < 2 || !title.includes(text.toLowerCase()) || text.toLowerCase() === title) continue;
      if (!isNamedForBrand(node) || readLabel(text) !== null || (layout.bitsAround(node) & NOT_OWN) !== 0) continue;
      ballot.add('brand', text, text, 0.65);
      break;
    }
    return ballot.votes;
  },
};

function isNamedForBrand(node: Text): boolean {
  let element = node.parent;
  for (let level = 0; level < NAMED_LEVELS && element && isTag(element); level += 1, element = element.parent) {
    if (namesBrand(element)) return true;
  }
  return false;
}

function namesBrand({ name, attribs }: Element): boolean {
  const names = `${attribs.class ?? ''} ${attribs.id ?? ''} ${attribs.itemprop ?? ''}`;
  if (names.length < MAX_NAMES_LENGTH && BRAND_NAME.test(names)) return true;
  return name === 'a' && BRAND_ADDRESS.test(attribs.href ?? '');
}
