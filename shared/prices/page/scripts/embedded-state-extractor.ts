import { type Element, isText } from 'domhandler';
import type { Extractor } from '../extractor.ts';
import { Ballot } from '../vote.ts';
import { wordOverlap } from '../word-overlap.ts';
import { findStateProducts, voteOnStateProduct } from './state-product.ts';
import { readStateValues, type StateScript } from './state-values.ts';

/** Objects beyond the best few repeat what these say. */
const MAX_PRODUCTS = 3;
const TRUST = 0.65;
/** Share of words in common from which an object's name is taken for the page's product. */
const SAME_NAME = 0.8;

/**
 * What scripts leave in the page for the shop's own code: `__NEXT_DATA__`, `__NUXT__`, Shopify's product JSON, the data
 * layer of analytics. An object counts when it bears the product's name.
 */
export const embeddedState: Extractor = {
  name: 'embedded-state',
  fills: ['price', 'sku', 'brand', 'availability'],
  vote(page) {
    const ballot = new Ballot();
    const title = page.productTitle;
    if (title === '') return [];
    const isTitle = (name: string): boolean =>
      name.length <= 3 * title.length &&
      wordOverlap(name, title) >= SAME_NAME &&
      wordOverlap(title, name) >= SAME_NAME / 2;
    const values = readStateValues(page.outline.scripts.map(stateScript), mentionOf(title));
    const context = { country: page.country, currencyHint: null };
    findStateProducts(values, isTitle)
      .slice(0, MAX_PRODUCTS)
      .forEach((product, rank) => {
        voteOnStateProduct(ballot, product, context, TRUST * 0.8 ** rank);
      });
    return ballot.votes;
  },
};

function stateScript(script: Element): StateScript {
  const child = script.children[0];
  return {
    text: child && isText(child) && !/ld\+json/i.test(script.attribs.type ?? '') ? child.data : '',
    isJson: /json|magento-init/i.test(script.attribs.type ?? ''),
  };
}

/** Share of a name's longer words by which a script speaks of the product; the brand may stand apart. */
const MENTIONED = 0.6;

/** Whether a text holds most words of the product's name: asked by those that no escaping changes. */
function mentionOf(title: string): (text: string) => boolean {
  const words = title.match(/[A-Za-z0-9]{4,}/g) ?? [];
  return (text) =>
    text !== '' &&
    /price|sku|brand/i.test(text) &&
    words.filter((word) => text.includes(word)).length >= MENTIONED * words.length;
}
