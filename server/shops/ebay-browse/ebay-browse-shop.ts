import { identifyingGtin } from '../../../shared/prices/matching/gtin.ts';
import { FetchError } from '../../fetch/fetch-error.ts';
import type { FetchResult } from '../../fetch/fetcher.ts';
import type { CandidateOffer, ShopAdapter, ShopContext } from '../shop-adapter.ts';
import { askApi, notUnderstood, parseJson } from '../shop-api.ts';
import { ApplicationToken } from './application-token.ts';
import {
  candidateOf,
  candidateOfItem,
  errorAnswerSchema,
  itemSchema,
  itemSummarySchema,
  searchAnswerSchema,
} from './browse-api.ts';
import type { EbayBrowseDeclaration } from './ebay-browse-declaration.ts';

const API = 'eBay Browse API';
/** Further pages are asked for only where a page held items that could not be read. */
const MAX_PAGES = 3;

/** An eBay marketplace through its Browse API: what can be bought at once, at a fixed price. */
export function openEbayBrowseShop(declaration: EbayBrowseDeclaration): ShopAdapter {
  const { marketplace, locale, conditions } = declaration;
  const destination = ({ shipTo }: ShopContext) => shipTo ?? declaration.ship_to;
  const token = new ApplicationToken(declaration);
  const root = new URL('/buy/browse/v1/', declaration.api);

  async function ask(path: string, parameters: Record<string, string>, context: ShopContext): Promise<FetchResult> {
    const url = new URL(`${path}?${new URLSearchParams(parameters)}`, root).href;
    const shipTo = destination(context);
    const askWith = async (bearer: string) =>
      askApi(url, declaration, context, {
        headers: {
          authorization: `Bearer ${bearer}`,
          'x-ebay-c-marketplace-id': marketplace,
          // One locale of the marketplace, such as fr-BE: a list, or a language alone, is not what eBay documents.
          ...(locale.includes('-') && { 'accept-language': locale }),
          // The destination, without which eBay gives no calculated shipping.
          ...(shipTo !== undefined && {
            'x-ebay-c-enduserctx': `contextualLocation=${encodeURIComponent(`country=${shipTo}`)}`,
          }),
        },
      });
    const bearer = await token.get(context);
    try {
      return await askWith(bearer);
    } catch (error) {
      if (!(error instanceof FetchError) || error.status !== 401) throw explained(error);
      // A token may be withdrawn before its time.
      token.forget(bearer);
      return askWith(await token.get(context));
    }
  }

  return {
    id: declaration.id,
    name: declaration.name,

    asksByDestination: true,

    async *search(query, context) {
      const shipTo = destination(context);
      const filters = [
        'buyingOptions:{FIXED_PRICE}',
        ...(conditions === undefined ? [] : [`conditions:{${conditions.join('|')}}`]),
        ...(shipTo === undefined ? [] : [`deliveryCountry:${shipTo}`]),
      ];
      const gtin = identifyingGtin(query);
      let left = context.limit;
      for (let page = 0; page < MAX_PAGES && left > 0; page += 1) {
        const parameters = {
          ...(gtin === null ? { q: query } : { gtin: gtin.replace(/^0+/, '').padStart(8, '0') }),
          filter: filters.join(','),
          limit: String(context.limit),
          offset: String(page * context.limit),
        };
        const answer = await ask('item_summary/search', parameters, context);
        const parsed = searchAnswerSchema.safeParse(parseJson(answer, API));
        if (!parsed.success) throw notUnderstood(API, 'the answer is no page of items', answer.url);
        const { itemSummaries = [], next } = parsed.data;
        const items = itemSummaries.flatMap((item) => itemSummarySchema.safeParse(item).data ?? []);
        if (itemSummaries.length > 0 && items.length === 0) {
          throw notUnderstood(API, 'none of its items could be read', answer.url);
        }
        for (const item of items) {
          const candidate = candidateOf(item);
          if (candidate === null) continue;
          yield sentTo(shipTo, candidate);
          left -= 1;
          if (left === 0) return;
        }
        if (next === undefined) return;
      }
    },

    async offer(url, context) {
      const page = new URL(url);
      const id = /\/itm\/(?:[^/]+\/)?(\d{9,15})\/?$/.exec(page.pathname)?.[1];
      if (id === undefined) return null;
      const variation = page.searchParams.get('var');
      const parameters = {
        legacy_item_id: id,
        ...(variation !== null && { legacy_variation_id: variation }),
      };
      try {
        const answer = await ask('item/get_item_by_legacy_id', parameters, context);
        const parsed = itemSchema.safeParse(parseJson(answer, API));
        if (!parsed.success) throw notUnderstood(API, 'the answer is no item', answer.url);
        const candidate = candidateOfItem(parsed.data);
        return candidate === null ? null : sentTo(destination(context), candidate);
      } catch (error) {
        if (error instanceof FetchError && error.status === 404) return null;
        throw error;
      }
    },
  };
}

/** The cost of shipping that eBay gives is that to the country asked for. */
function sentTo(country: string | undefined, candidate: CandidateOffer): CandidateOffer {
  const { shipping } = candidate;
  return country === undefined || shipping === null ? candidate : { ...candidate, shippingTo: { [country]: shipping } };
}

/** The body of a 400 names the fault; other statuses need no explanation. */
function explained(error: unknown): unknown {
  if (!(error instanceof FetchError) || error.status !== 400 || error.responseText === null) return error;
  try {
    const [first] = errorAnswerSchema.parse(JSON.parse(error.responseText)).errors;
    const said = first?.longMessage ?? first?.message ?? '';
    return notUnderstood(API, `eBay says "${said.slice(0, 200)}" (error ${first?.errorId})`, error.url);
  } catch {
    return error;
  }
}
