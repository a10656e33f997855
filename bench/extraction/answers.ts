import { globSync } from 'node:fs';
import { collectVotes } from '../../shared/prices/page/extract-offer.ts';
import { type Described, describe } from '../../shared/prices/page/model/describe.ts';
import { Page } from '../../shared/prices/page/page.ts';
import { kindOfPage } from '../../shared/prices/page/page-kind.ts';
import { CART_PLATFORMS } from '../../shared/prices/page/testing/carts.ts';
import { CENTS_APART } from '../../shared/prices/page/testing/kinds/cents-apart.ts';
import { CURRENCY_WORDS } from '../../shared/prices/page/testing/kinds/currency-words.ts';
import { FREE_SHIPPING } from '../../shared/prices/page/testing/kinds/free-shipping.ts';
import { HELD_PAGES } from '../../shared/prices/page/testing/kinds/held-pages.ts';
import { NAMES } from '../../shared/prices/page/testing/kinds/names.ts';
import { NUMBERS } from '../../shared/prices/page/testing/kinds/numbers.ts';
import { OTHER_AMOUNTS } from '../../shared/prices/page/testing/kinds/other-amounts.ts';
import { SHOWN_AGAINST_STRUCTURED } from '../../shared/prices/page/testing/kinds/shown-against-structured.ts';
import { STOCK_PHRASES } from '../../shared/prices/page/testing/kinds/stock-phrases.ts';
import { languagePages } from '../../shared/prices/page/testing/language-pages.ts';
import { LAYOUTS } from '../../shared/prices/page/testing/layouts.ts';
import { MARKETPLACES } from '../../shared/prices/page/testing/marketplaces.ts';
import type { ShopPage } from '../../shared/prices/page/testing/shop-page.ts';
import { STRUCTURED } from '../../shared/prices/page/testing/structured.ts';
import { TRAPS } from '../../shared/prices/page/testing/traps.ts';
import type { LanguageSample } from '../../shared/prices/words/language-sample.ts';
import { type Accepted, loadFieldPages } from './field.ts';
import { loadProductPages } from './product-pages.ts';
import { sameNumber, sameNumberOrThousands, sameText } from './score.ts';
import { isAccepted } from './score-field.ts';

export const FITTED_FIELDS = ['price', 'availability', 'sku', 'brand', 'title'] as const;
export type FittedField = (typeof FITTED_FIELDS)[number];

/** What a page proposes for one field, and which of it is right. */
export interface Example {
  field: FittedField;
  /** Pages of one shop are left out together. */
  shop: string;
  /** Written for the tests, not saved from a shop. */
  own: boolean;
  candidates: Described<FittedField>[];
  /** By candidate. None is right where the page does not tell the field, or no source has found it. */
  right: boolean[];
}

interface Labelled {
  shop: string;
  own: boolean;
  html: string;
  url: string;
  truth: Partial<Record<FittedField, Accepted>>;
  currency: Accepted | undefined;
}

/** The examples of all labelled pages: of both data sets, and of the pages written for the tests. */
export async function loadExamples(dataDir: string): Promise<Example[]> {
  const pages = [...fieldPages(dataDir), ...productPages(dataDir), ...(await ownPages())];
  return pages.flatMap(examplesOf);
}

function fieldPages(dataDir: string): Labelled[] {
  return loadFieldPages(dataDir).map(({ shop, html, truth: { currency, gtin: _, ...truth } }) => ({
    shop: shop.replace(/\/.*$/, ''),
    own: false,
    html,
    url: '',
    // A free app has no price to find.
    truth: truth.price === '0' ? { ...truth, price: null } : truth,
    currency,
  }));
}

function productPages(dataDir: string): Labelled[] {
  return loadProductPages(dataDir).map(({ html, url, truth: { price = null, availability, sku = null, brand } }) => ({
    shop: new URL(url).hostname.replace(/^www\./, ''),
    own: false,
    html,
    url,
    truth: { price, sku, ...(availability && { availability }), ...(brand && { brand }) },
    currency: undefined,
  }));
}

const TEST_PAGES: readonly ShopPage[] = [
  ...[CART_PLATFORMS, MARKETPLACES, TRAPS, LAYOUTS, STRUCTURED],
  ...[CENTS_APART, CURRENCY_WORDS, FREE_SHIPPING, HELD_PAGES, NAMES, NUMBERS, OTHER_AMOUNTS, SHOWN_AGAINST_STRUCTURED],
  STOCK_PHRASES,
].flat();

async function ownPages(): Promise<Labelled[]> {
  const pages = [...TEST_PAGES];
  const cwd = new URL('../../shared/prices/words/', import.meta.url);
  for (const file of globSync('languages/*.pages.ts', { cwd: cwd.pathname }).toSorted()) {
    const module: { samples: readonly LanguageSample[] } = await import(new URL(file, cwd).href);
    pages.push(...module.samples.flatMap(languagePages));
  }
  return pages
    .filter(({ expected: { kind = 'product' } }) => kind === 'product')
    .map(({ html, url, expected: { price, availability, sku, brand, title } }) => {
      const [amount = null, currency = null] = price?.split(' ') ?? [];
      return {
        shop: 'own pages',
        own: true,
        html,
        url,
        truth: {
          ...(price !== undefined && { price: amount }),
          ...(availability !== undefined && { availability }),
          ...(sku !== undefined && { sku }),
          ...(brand !== undefined && { brand }),
          ...(title !== undefined && { title }),
        },
        currency: price === undefined ? undefined : currency === '-' ? null : currency,
      };
    });
}

function examplesOf({ shop, own, html, url, truth, currency }: Labelled): Example[] {
  const page = new Page(html, url);
  const { votes, settled } = collectVotes(page);
  if (!settled && kindOfPage(page, votes) !== 'product') return [];
  return FITTED_FIELDS.flatMap((field): Example[] => {
    const accepted = truth[field];
    if (accepted === undefined) return [];
    const candidates: Described<FittedField>[] = describe(field, votes);
    const right = candidates.map(({ value }) =>
      typeof value === 'string'
        ? isAccepted(value, accepted, sameText)
        : isAccepted(value.amount, accepted, own ? sameNumber : sameNumberOrThousands) &&
          (currency === undefined || isAccepted(value.currency, currency)),
    );
    return [{ field, shop, own, candidates, right }];
  });
}
