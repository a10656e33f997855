import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CheerioAPI } from 'cheerio';
import type { Document } from 'domhandler';
import { extractOfferFromPage } from '../../shared/prices/page/extract-offer.ts';
import { Page } from '../../shared/prices/page/page.ts';
import type { FieldSelector, SelectorDeclaration } from '../../shared/prices/page/selectors/selector-declaration.ts';
import { parsePriceText } from '../../shared/prices/price-text/parse-price-text.ts';
import type { Crawler } from './shop-page.ts';

/** The part of Crawlee's interface that is used here; it is no dependency of ours: CRAWLEE_DIR names where it is. */
interface Crawlee {
  Configuration: new (options: { persistStorage: boolean }) => object;
  CheerioCrawler: new (
    options: {
      minConcurrency: number;
      maxConcurrency: number;
      respectRobotsTxtFile: boolean;
      useSessionPool: boolean;
      requestHandler(context: CrawledPage): Promise<void>;
    },
    configuration: object,
  ) => { run(requests: { url: string; userData: { shop: string } }[]): Promise<unknown> };
  log: { setLevel(level: number): void };
}

interface CrawledPage {
  $: CheerioAPI;
  body: Buffer | string;
  dom: Document;
  request: { url: string; userData: { shop: string } };
}

const LOG_ERRORS_ONLY = 1;

/** What one would write with Crawlee for shops that one knows: JSON-LD, else microdata, else the shop's selectors. */
export const crawleeOwn: Crawler = crawlWith(({ $ }, shop) => {
  const offer = fromJsonLd($) ?? fromMicrodata($) ?? fromSelectors($, shop);
  return offer.title !== '' && offer.price !== '' && offer.currency !== '';
});

/** Crawlee's fetching and parsing, and then Magpie's extraction from the document that Crawlee has parsed. */
export const crawleeWithOurExtraction: Crawler = crawlWith(({ body, dom, request }, { selectors }) => {
  const { offer } = extractOfferFromPage(new Page(body.toString(), request.url, () => dom), selectors);
  return offer.title !== null && offer.price !== null;
});

interface DeclaredShop {
  currency: string | undefined;
  selectors: SelectorDeclaration;
}

/** @param isPriced reads a page; does it give a title and a price? */
function crawlWith(isPriced: (page: CrawledPage, shop: DeclaredShop) => boolean): Crawler {
  return async (pages, concurrency, shops) => {
    const folder = process.env['CRAWLEE_DIR'];
    if (folder === undefined) throw new Error('CRAWLEE_DIR is not set');
    const { Configuration, CheerioCrawler, log }: Crawlee = createRequire(join(folder, 'package.json'))(
      '@crawlee/cheerio',
    );
    log.setLevel(LOG_ERRORS_ONLY);
    let nPriced = 0;
    const crawler = new CheerioCrawler(
      {
        minConcurrency: concurrency,
        maxConcurrency: concurrency,
        respectRobotsTxtFile: true,
        useSessionPool: false,
        async requestHandler(page) {
          const shop = shops.get(page.request.userData.shop);
          if (shop !== undefined && isPriced(page, shop)) nPriced += 1;
        },
      },
      new Configuration({ persistStorage: false }),
    );
    await crawler.run(pages.map(({ shop, url }) => ({ url, userData: { shop } })));
    return nPriced;
  };
}

type ReadOffer = Record<
  'title' | 'price' | 'currency' | 'availability' | 'brand' | 'gtin' | 'mpn' | 'sku' | 'image',
  string
>;
type Json = { [key: string]: Json } | Json[] | string | number | undefined;

const member = (value: Json, key: string): Json => {
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && !Array.isArray(one) ? one[key] : undefined;
};
const text = (value: Json): string => (typeof value === 'object' ? text(member(value, 'name')) : String(value ?? ''));

function fromJsonLd($: CheerioAPI): ReadOffer | null {
  for (const script of $('script[type="application/ld+json"]').toArray()) {
    let data: Json;
    try {
      data = JSON.parse($(script).text());
    } catch {
      continue; // shops write broken JSON-LD; the next source is asked then
    }
    const roots = [data, member(data, '@graph')].flat();
    const product = roots.find((root) => text(member(root, '@type')) === 'Product');
    if (product === undefined) continue;
    const offers = member(product, 'offers');
    const price = text(member(offers, 'price') ?? member(offers, 'lowPrice'));
    if (price === '') continue;
    return {
      title: text(member(product, 'name')),
      price,
      currency: text(member(offers, 'priceCurrency')),
      availability: text(member(offers, 'availability')),
      brand: text(member(product, 'brand')),
      gtin: text(member(product, 'gtin13') ?? member(product, 'gtin')),
      mpn: text(member(product, 'mpn')),
      sku: text(member(product, 'sku')),
      image: text(member(product, 'image')),
    };
  }
  return null;
}

function fromMicrodata($: CheerioAPI): ReadOffer | null {
  const read = (name: string): string => {
    const element = $(`[itemprop="${name}"]`).first();
    return element.attr('content') ?? element.attr('href') ?? element.attr('src') ?? element.text().trim();
  };
  if (read('price') === '') return null;
  return {
    title: read('name'),
    price: read('price'),
    currency: read('priceCurrency'),
    availability: read('availability'),
    brand: read('brand'),
    gtin: read('gtin13'),
    mpn: read('mpn'),
    sku: read('sku'),
    image: read('image'),
  };
}

function fromSelectors($: CheerioAPI, { currency = '', selectors }: DeclaredShop): ReadOffer {
  const read = (field: FieldSelector | undefined): string => {
    if (field === undefined) return '';
    const { selector, attribute, pattern } = typeof field === 'string' ? { selector: field } : field;
    for (const element of $(selector).toArray()) {
      const value = (attribute === undefined ? $(element).text() : ($(element).attr(attribute) ?? '')).trim();
      const match = pattern === undefined ? [value] : new RegExp(pattern, 'u').exec(value);
      if (match !== null) return match[1] ?? match[0] ?? '';
    }
    return '';
  };
  const { product } = selectors;
  const price = parsePriceText(read(product?.price));
  return {
    title: read(product?.title) || $('h1').first().text().trim(),
    price: price.amount ?? '',
    currency: price.currency ?? currency,
    availability: read(product?.availability),
    brand: read(product?.brand),
    gtin: read(product?.gtin),
    mpn: read(product?.mpn),
    sku: read(product?.sku),
    image: $('img').first().attr('src') ?? '',
  };
}
