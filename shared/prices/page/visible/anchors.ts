import { type Element, isTag, type ParentNode } from 'domhandler';
import { alternatives, anywhere, wordsOf } from '../../words/compile.ts';
import { lineText } from '../dom.ts';
import type { PageOutline, PlacedElement } from '../outline.ts';
import { wordOverlap } from '../word-overlap.ts';
import { OF_OTHERS, type Surroundings } from './surroundings.ts';

/** Where on a page the product stands: what the nearness of everything else is measured from. */
export interface Anchors {
  /** The heading that names the product; null when the page has none. */
  title: PlacedElement | null;
  /** The first button after the title that buys; null when none is found. */
  buy: BuyButton | null;
}

export interface BuyButton extends PlacedElement {
  disabled: boolean;
  /** It stands where pages show other products; names in the markup mislead, so that it may be the product's own. */
  ofOthers: boolean;
}

const BUY = anywhere(wordsOf(({ buy }) => buy));
const UNBUYABLE = new RegExp(
  `(?:^|[\\s_-])(?:${alternatives(wordsOf(({ names }) => names?.unbuyable))})(?:[\\s_-]|$)`,
  'i',
);
const MAX_LABEL_LENGTH = 120;
/** A button further from the title than this many texts buys something else. */
const MAX_DISTANCE = 400;

const MAX_TITLE_LENGTH = 300;
/** Headings looked at; pages with more are lists. */
const MAX_HEADINGS = 3_000;

/** The heading that says most of what the page's own title says, first-level headings before others. */
export function findTitle({ meta, headings }: PageOutline, titleText: string): PlacedElement | null {
  const named = [titleText, meta.get('og:title') ?? ''].filter((name) => name !== '');
  let best: PlacedElement | null = null;
  let bestScore = 0;
  for (const heading of headings.slice(0, MAX_HEADINGS)) {
    const text = lineText(heading.element, MAX_TITLE_LENGTH);
    if (text.length < 2) continue;
    const score = titleScore(text, heading.element, named);
    if (score > bestScore) {
      best = heading;
      bestScore = score;
    }
  }
  return best;
}

function titleScore(text: string, element: Element, named: readonly string[]): number {
  const isFirstLevel = element.name === 'h1';
  const folded = text.toLowerCase();
  if (!isFirstLevel && (!named.some((name) => name.toLowerCase().includes(folded)) || isInLink(element))) return 0;
  const likeness = Math.max(0, ...named.map((name) => likenessOf(text, name)));
  // A heading that shares no word with the page's title is a widget's: "Follow the author".
  if (isFirstLevel) return (likeness > 0 || named.length === 0 ? 0.5 : 0.2) + likeness;
  return likeness >= MIN_LIKENESS ? 0.8 * likeness : 0;
}

/** What is no first-level heading must say this much of the page's title. */
const MIN_LIKENESS = 0.5;

/** F1 of the words that two texts share. */
function likenessOf(a: string, b: string): number {
  const precision = wordOverlap(a, b);
  if (precision === 0) return 0;
  const recall = wordOverlap(b, a);
  return (2 * precision * recall) / (precision + recall);
}

/** A title inside a link, or with one inside, leads to another product. */
function isInLink(element: Element): boolean {
  for (let at: ParentNode | null = element; at && isTag(at); at = at.parent) if (at.name === 'a') return true;
  return element.children.some((child) => isTag(child) && child.name === 'a');
}

/** The first button from text `from` on that buys: the product's own before those of others. */
export function findBuyButton({ buttons }: PageOutline, from: number, surroundings: Surroundings): BuyButton | null {
  let first: BuyButton | null = null;
  for (const button of buttons) {
    if (button.at < from) continue;
    if (button.at > from + MAX_DISTANCE) break;
    if (!isBuyButton(button.element)) continue;
    const ofOthers = (surroundings.of(button.element) & OF_OTHERS) !== 0;
    first ??= { ...button, disabled: isDisabled(button.element), ofOthers };
    if (!ofOthers) return { ...button, disabled: isDisabled(button.element), ofOthers };
  }
  return first;
}

function isBuyButton(element: Element): boolean {
  const { attribs } = element;
  const names = `${attribs.value ?? ''} ${attribs.alt ?? ''} ${attribs.title ?? ''} ${attribs['aria-label'] ?? ''} ${attribs.name ?? ''} ${attribs.id ?? ''} ${attribs.class ?? ''} ${attribs['data-testid'] ?? ''} ${attribs['data-action'] ?? ''}`;
  return BUY.test(lineText(element, MAX_LABEL_LENGTH)) || BUY.test(names);
}

function isDisabled({ attribs }: Element): boolean {
  return 'disabled' in attribs || attribs['aria-disabled'] === 'true' || UNBUYABLE.test(attribs.class ?? '');
}
