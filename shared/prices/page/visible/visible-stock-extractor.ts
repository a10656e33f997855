import type { Element } from 'domhandler';
import type { Availability } from '../../offer.ts';
import { alternatives, anywhere, inNames, wordsOf } from '../../words/compile.ts';
import { availabilityFromText, type StockPhrase, saysNo, stockPhraseIn } from '../availability-phrases.ts';
import { isNear, lineText } from '../dom.ts';
import type { Extractor } from '../extractor.ts';
import { scoreOfSignals, weightsOf } from '../model/rank.ts';
import type { Page } from '../page.ts';
import { Ballot, type Signals } from '../vote.ts';
import type { BuyButton } from './anchors.ts';
import type { PlacedText, VisibleLayout } from './layout.ts';
import { confidenceIn, findPriceCandidates } from './price-candidates.ts';
import { AROUND, NOT_OWN, OF_OTHERS } from './surroundings.ts';

/** A stock phrase is a short text or a sentence of one; longer ones tell of stock in general. */
const MAX_TEXT_LENGTH = 200;
const MAX_PHRASE_LENGTH = 90;
const MAX_BUTTON_LENGTH = 40;
/** How far before and after the title a stock phrase may stand, in texts. */
const BEFORE_TITLE = 15;
const AFTER_TITLE = 160;
/** Phrases of other products and of pages in general. */
const NOT_OWN_STATE = NOT_OWN | AROUND.hidden;
/** A phrase, but not a button, may also be that of a single size or lead elsewhere. */
const NOT_OWN_PHRASE = NOT_OWN_STATE | AROUND.choice | AROUND.link;
/** Words that turn a stock phrase into a rule, a question or a wish. */
const NOT_A_STATE = anywhere(['\\?', ...wordsOf(({ stockRules }) => stockRules)]);
/** The label of one way of getting the product. */
const ONE_WAY = new RegExp(`^(?:${alternatives(wordsOf(({ deliveryWays }) => deliveryWays))})\\b[^.]{0,20}:`, 'iu');
/** Beyond this many texts the nearness to the title says nothing any more. */
const TITLE_SCALE = 60;

/** The stock state by the phrases near the title and by the buttons. */
export const visibleStock: Extractor = {
  name: 'visible-stock',
  vote(page) {
    const { layout, outline } = page;
    const ballot = new Ballot();
    const buy = ownButton(page);
    const isOpen = buy !== null && !buy.disabled;
    const phrases = new Map<Availability, { text: string; signals: Signals }>();
    for (const placed of layout.around(BEFORE_TITLE, AFTER_TITLE, MAX_TEXT_LENGTH)) {
      const { node, at, text } = placed;
      const phrase = phraseIn(isCountedNone(layout, placed) ? `0 ${text}` : text);
      if (phrase === null) continue;
      const { state, ofProduct } = phrase;
      const around = layout.bitsAround(node);
      if ((around & NOT_OWN_PHRASE) !== 0) continue;
      // "Image unavailable" is no state of the product, unless it stands where the markup says so.
      if (state !== 'InStock' && !ofProduct && (around & AROUND.stock) === 0) continue;
      if (saysNo(layout.valueAfter(placed, 1) ?? '')) continue;
      // One way of delivery may be closed while another is open.
      if (state === 'OutOfStock' && ONE_WAY.test(text)) continue;
      if (state === 'OutOfStock' && (around & AROUND.shipping) !== 0 && (around & AROUND.stock) === 0) continue;
      const known = phrases.get(state);
      const signals = {
        ...phraseSignals(phrase, around, Math.abs(at - layout.titleAt)),
        ...(state === 'OutOfStock' && isOpen && { 'against open button': 1 }),
      };
      if (!known || weigh(signals) > weigh(known.signals)) phrases.set(state, { text, signals });
    }
    for (const [state, { text, signals }] of phrases) ballot.add('availability', state, text, signals);
    for (const { element, at } of outline.buttons) {
      if (at < layout.titleAt || at > layout.titleAt + AFTER_TITLE) continue;
      if (asksQuantity(element) && (layout.surroundings.of(element) & NOT_OWN_STATE) === 0) {
        ballot.add('availability', 'InStock', 'quantity field', { 'quantity field': 1 });
      }
      const text = element.attribs.value ?? lineText(element, MAX_BUTTON_LENGTH);
      const saysOut = text.length <= MAX_BUTTON_LENGTH && availabilityFromText(text) === 'OutOfStock';
      if (!saysOut || (layout.surroundings.of(element) & NOT_OWN_STATE) !== 0) continue;
      const isDisabled = 'disabled' in element.attribs;
      ballot.add('availability', 'OutOfStock', text, {
        'button says so': 1,
        ...(isDisabled && { 'button is disabled': 1 }),
      });
    }
    if (buy?.disabled) ballot.add('availability', 'OutOfStock', 'disabled buy button', { 'buy button is disabled': 1 });
    else if (buy) ballot.add('availability', 'InStock', 'buy button', { 'buy button': 1 });
    return ballot.votes;
  },
};

const QUANTITY = inNames(wordsOf(({ names }) => names?.quantity));

/** Whether an input asks how many to buy. */
function asksQuantity({ name, attribs }: Element): boolean {
  if (name !== 'input' || 'disabled' in attribs || !/^(?:|text|number|tel)$/i.test(attribs.type ?? '')) return false;
  return QUANTITY.test(`${attribs.name ?? ''} ${attribs.id ?? ''} ${attribs.class ?? ''}`.toLowerCase());
}

/** Whether a 0 stands right before a text, in an element of its own: "0", "in stock". */
function isCountedNone(layout: VisibleLayout, { node, at }: PlacedText): boolean {
  const count = layout.texts[at - 1];
  return count !== undefined && layout.line(at - 1) === '0' && isNear(count, node);
}

/** From here on a visible price is taken for the product's own. */
const OWN_PRICE = 0.35;

/** The buy button; one among other products is the page's own only where the page also shows a price of its own. */
function ownButton(page: Page): BuyButton | null {
  const { buy } = page.layout.anchors;
  if (!buy?.ofOthers) return buy;
  const sells = findPriceCandidates(page).some(
    (candidate) => (candidate.around & OF_OTHERS) === 0 && confidenceIn(candidate) >= OWN_PRICE,
  );
  return sells ? buy : null;
}

/** What a phrase says, and where it stands. */
function phraseSignals({ state, ofProduct }: StockPhrase, around: number, distance: number): Signals {
  const said = state === 'InStock' ? 'says in stock' : state === 'OutOfStock' ? 'says out of stock' : 'says to come';
  return {
    [said]: 1,
    'near title': Math.exp(-distance / TITLE_SCALE),
    ...((around & AROUND.stock) !== 0 && { 'in stock field': 1 }),
    ...((around & AROUND.price) !== 0 && { 'in price field': 1 }),
    ...(!ofProduct && { 'of something': 1 }),
  };
}

function weigh(signals: Signals): number {
  return scoreOfSignals(signals, weightsOf('availability'));
}

/** The stock phrase in one sentence of a text. */
function phraseIn(text: string): StockPhrase | null {
  for (const sentence of text.length > MAX_PHRASE_LENGTH || /[.!;]\s/.test(text)
    ? text.split(/(?<=[.!;])\s+/)
    : [text]) {
    const phrase = sentence.length <= MAX_PHRASE_LENGTH ? stockPhraseIn(sentence) : null;
    if (phrase !== null && !NOT_A_STATE.test(sentence)) return phrase;
  }
  return null;
}
