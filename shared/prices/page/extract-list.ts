import { isTag } from 'domhandler';
import type { ListedOffer } from '../offer.ts';
import { imageOf } from './cards/card-image.ts';
import { type Card, findCards } from './cards/find-cards.ts';
import type { Page } from './page.ts';
import { listBySelectors } from './selectors/read-by-selectors.ts';
import type { SelectorDeclaration } from './selectors/selector-declaration.ts';
import { listFromSchemaObjects } from './structured/schema-org/item-list.ts';
import { AROUND } from './visible/surroundings.ts';

/**
 * The offers on a list or search page, in the page's order: by the declared selectors where these find any, else by
 * what the page describes as a list (JSON-LD), else by its repeated cards; prices that one source lacks are filled from
 * the other. Never throws, whatever the HTML. The result may hold on to the page's text.
 */
export function extractList(page: Page, selectors: SelectorDeclaration = {}): ListedOffer[] {
  const declared = selectors.list ? listBySelectors(page, selectors.list) : [];
  return declared.length > 0 ? declared : genericList(page);
}

function genericList(page: Page): ListedOffer[] {
  const cards = ownCards(page).map(({ element, link, price }) => ({
    ...link,
    price,
    image: imageOf(element, page.baseUrl),
  }));
  const described = listFromSchemaObjects(page.jsonLd, { country: page.country }, page.baseUrl);
  if (described.length === 0 || cards.length > described.length) return cards;
  const byUrl = new Map(cards.map((card) => [addressOf(card.url), card]));
  return described.map((offer) => {
    const card = byUrl.get(addressOf(offer.url));
    return { ...offer, price: offer.price ?? card?.price ?? null, image: offer.image ?? card?.image ?? null };
  });
}

/** The repeated cards without those that the page recommends beside its list. */
function ownCards(page: Page): Card[] {
  const cards = findCards(page);
  const own = cards.filter(
    ({ element: { parent } }) =>
      !parent || !isTag(parent) || (page.layout.surroundings.of(parent) & AROUND.elsewhere) === 0,
  );
  return own.length > 0 ? own : cards;
}

function addressOf(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/\/$/, '');
}
