import { wholeText, wordsOf } from '../../words/compile.ts';
import { availabilityFromText } from '../availability-phrases.ts';
import { resolveUrl } from '../dom.ts';
import type { Extractor } from '../extractor.ts';
import { type QuoteContext, quoteDeclaredPrice, quotePriceText } from '../price-quote.ts';
import { plainCode, validGtin } from '../product-code.ts';
import { Ballot } from '../vote.ts';
import { availabilityFromName, conditionFromName } from './schema-org/availability.ts';
import { plainText } from './schema-org/properties.ts';

const PRICE_LABEL = wholeText(wordsOf(({ price }) => price));
const AVAILABILITY_LABEL = wholeText(wordsOf(({ availabilityLabel }) => availabilityLabel));
const BRAND_LABEL = wholeText(wordsOf(({ brandLabel }) => brandLabel));

/**
 * OpenGraph and its kin in `<meta>`: `og:`, `product:` (Facebook catalogues), `twitter:`. Read by name alone, since
 * hardly any shop declares the prefixes.
 */
export const openGraph: Extractor = {
  name: 'open-graph',
  vote(page) {
    const { meta } = page.outline;
    const ballot = new Ballot();
    const first = (...names: string[]): string | null => {
      for (const name of names) {
        const content = meta.get(name);
        if (content !== undefined) return plainText(content);
      }
      return null;
    };
    const currency = first('product:price:currency', 'og:price:currency', 'product:sale_price:currency');
    const context = { currencyHint: currency, country: page.country };
    const sale = first('product:sale_price:amount');
    const regular = first('product:price:amount', 'og:price:amount', 'og:price:standard_amount');
    const salePrice = sale === null ? null : quoteDeclaredPrice(sale, context);
    const regularPrice = regular === null ? null : quoteDeclaredPrice(regular, context);
    ballot.add('price', salePrice ?? regularPrice, sale ?? regular ?? '', 0.85);
    const original = first('product:original_price:amount');
    const originalPrice = original === null ? null : quoteDeclaredPrice(original, context);
    ballot.add('listPrice', originalPrice ?? (salePrice ? regularPrice : null), original ?? regular ?? '', 0.7);

    voteOnTwitterLabels(ballot, meta, context);
    const title = first('og:title', 'twitter:title');
    ballot.add('title', title, title ?? '', 0.6);
    const image = first('og:image:secure_url', 'og:image', 'twitter:image');
    ballot.add('image', resolveUrl(image, page.baseUrl), image ?? '', 0.8);
    const availability = first('product:availability', 'og:availability', 'availability');
    ballot.add('availability', availabilityFromName(availability ?? ''), availability ?? '', 0.8);
    const condition = first('product:condition', 'og:condition');
    ballot.add('condition', conditionFromName(condition ?? ''), condition ?? '', 0.8);
    const brand = first('product:brand', 'og:brand');
    ballot.add('brand', brand, brand ?? '', 0.85);
    const sku = first('product:retailer_item_id', 'product:retailer_part_no', 'product:sku');
    ballot.add('sku', plainCode(sku), sku ?? '', 0.75);
    const mpn = first('product:mfr_part_no', 'product:mpn');
    ballot.add('mpn', plainCode(mpn), mpn ?? '', 0.8);
    const gtin = first('product:gtin', 'product:ean', 'og:ean', 'product:upc', 'og:upc', 'product:isbn');
    ballot.add('gtin', validGtin(gtin), gtin ?? '', 0.8);
    return ballot.votes;
  },
};

/** Card labels that many shop systems fill: `twitter:label1` "Price" with `twitter:data1` "$12.00". */
function voteOnTwitterLabels(ballot: Ballot, meta: ReadonlyMap<string, string>, context: QuoteContext): void {
  for (const slot of ['1', '2']) {
    const label = meta.get(`twitter:label${slot}`) ?? '';
    const data = meta.get(`twitter:data${slot}`);
    if (data === undefined) continue;
    if (PRICE_LABEL.test(label)) ballot.add('price', quotePriceText(data, context), data, 0.7);
    if (AVAILABILITY_LABEL.test(label)) {
      ballot.add('availability', availabilityFromName(data) ?? availabilityFromText(data), data, 0.7);
    }
    if (BRAND_LABEL.test(label)) ballot.add('brand', data, data, 0.7);
  }
}
