import { identifyingGtin } from '../../shared/prices/matching/gtin.ts';
import { matchProbability } from '../../shared/prices/matching/match.ts';
import { type MatchableOffer, profileOf } from '../../shared/prices/matching/profile.ts';
import { SAME_FROM } from '../../shared/prices/matching/weights.ts';
import { normaliseQuery } from '../../shared/prices/relevance/normalise-query.ts';
import { candidateFromPage } from '../shops/html/candidate.ts';
import { unreadable } from '../shops/html/search-page.ts';
import type { Shop } from '../shops/registry.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import { UnreadablePageError } from '../shops/shop-error.ts';
import type { ShopResources } from '../shops/shop-resources.ts';
import type { OfferingShop } from './priced-offer.ts';
import { visibleCandidate, visibleField } from './visible-candidate.ts';

/** The product that a page is about, and what the page asks for it. */
export interface RecognisedProduct {
  url: string;
  title: string;
  brand: string | null;
  gtin: string | null;
  mpn: string | null;
  shop: OfferingShop;
  /** The declared shop that the page is of; null where that shop is undeclared. */
  declared: Shop | null;
  /** The page's own offer; null where it shows no price with a currency. */
  candidate: CandidateOffer | null;
}

/**
 * Reads the page that a shopper named: through the adapter of the declared shop that it is of, else as any page is
 * read. Both go through the one guarded fetcher, under robots.txt and the host's pace.
 * @param shops the declared ones that are enabled
 * @throws FetchError; UnreadablePageError where the page is about no product
 */
export async function recogniseProduct(
  address: string,
  shops: readonly Shop[],
  options: ShopResources & { signal: AbortSignal },
): Promise<RecognisedProduct> {
  const declared = shops.find(({ declaration }) => hostOf(declaration.url) === hostOf(address)) ?? null;
  return declared === null ? fromAnyPage(address, options) : fromDeclaredShop(address, declared, options);
}

async function fromDeclaredShop(
  address: string,
  shop: Shop,
  options: ShopResources & { signal: AbortSignal },
): Promise<RecognisedProduct> {
  const { locale, max_candidates: limit } = shop.declaration;
  const told = await shop.adapter.offer(address, { ...options, locale, limit });
  if (told === null) throw noProduct(address);
  const candidate = visibleCandidate(told);
  const { title, brand, gtin, mpn } = candidate;
  return { url: address, title, brand, gtin, mpn, shop, declared: shop, candidate };
}

async function fromAnyPage(
  address: string,
  { fetcher, pages, signal }: ShopResources & { signal: AbortSignal },
): Promise<RecognisedProduct> {
  const page = await fetcher.fetch(address, { purpose: 'page', signal });
  const { kind, offer } = await pages.readProduct(page);
  if (kind === 'block' || kind === 'consent' || kind === 'empty') throw unreadable(kind, page.url, 'product page');
  if (kind !== 'product' || offer.title === null) throw noProduct(page.url);
  const title = visibleField(offer.title);
  const brand = offer.brand && visibleField(offer.brand);
  const mpn = offer.mpn && visibleField(offer.mpn);
  const gtin = offer.gtin === null ? null : identifyingGtin(offer.gtin);
  const told = candidateFromPage({ ...offer, title }, page.url, {});
  const candidate = told && visibleCandidate(told);
  return { url: page.url, title, brand, gtin, mpn, shop: unknownShop(page.url), declared: null, candidate };
}

function noProduct(url: string): UnreadablePageError {
  return new UnreadablePageError('unreadable', 'No product could be recognised on the page of this address.', url);
}

/** An undeclared shop is named by its host; ids of declarations have neither dot nor colon, so they never clash with it. */
export function unknownShop(address: string): OfferingShop {
  const host = hostOf(address);
  return { declaration: { id: host, name: host } };
}

function hostOf(address: string): string {
  return new URL(address).host.replace(/^www\./, '');
}

/** Shops' searches find less with every further word, and what tells a product apart stands first. */
const MAX_QUERY_WORDS = 6;
/** What follows is the shop's name, or a list of what the product has. */
const TITLE_BREAK = /\s[|–—:·-]\s|[,;(|[]/;
const MIN_WORDS = 2;

/** What to ask other shops for: brand and beginning of the title, up to the first break that leaves enough of it. */
export function queryFor({ title, brand }: RecognisedProduct): string {
  const beginning = title.split(TITLE_BREAK, 1)[0] ?? '';
  const name = normaliseQuery(beginning.trim().split(/\s+/).length >= MIN_WORDS ? beginning : title);
  const maker = normaliseQuery(brand ?? '');
  const full = maker === '' || name.includes(maker) ? name : `${maker} ${name}`;
  return full.split(' ').slice(0, MAX_QUERY_WORDS).join(' ');
}

type Described = Pick<CandidateOffer, 'title' | 'brand' | 'gtin' | 'mpn'>;

/** Whether an offer is of that very product, and not of another size, version or an accessory of it. */
export function sameProductAs(recognised: Described): (offer: Described) => boolean {
  const profile = profileOf(describe(recognised));
  return (offer) => matchProbability(profile, profileOf(describe(offer))) >= SAME_FROM;
}

/** Prices are left out: they may be in different currencies. */
function describe({ title, brand, gtin, mpn }: Described): MatchableOffer {
  return { title, brand, gtin, mpn };
}
