import { load } from 'cheerio/slim';
import { readableText } from '../../../shared/prices/page/dom.ts';
import { extractList } from '../../../shared/prices/page/extract-list.ts';
import { Page } from '../../../shared/prices/page/page.ts';
import { parseHtml } from '../../../shared/prices/page/parse-html.ts';
import { type ShopDeclaration, shopDeclarationSchema } from '../declaration.ts';
import { openShop } from '../open-shop.ts';
import type { CandidateOffer } from '../shop-adapter.ts';
import { UnreadablePageError } from '../shop-error.ts';
import type { ShopResources } from '../shop-resources.ts';
import { findSearch } from './find-search.ts';
import { isEbay, seePlatform } from './platform-marks.ts';
import { seeFeed } from './see-feed.ts';

/** A page with scripts and less text than this is filled by its scripts: any shop's menu says more. */
const SHELL_TEXT_LENGTH = 100;

export interface DetectionOptions extends ShopResources {
  signal: AbortSignal;
  /** Tried on the shop's search; without it, words of a product that its home page shows. */
  query?: string;
  /** Of prices that are shown without one. */
  currency?: string;
  /** Its pages are built by scripts: run them. */
  render?: boolean;
  /** Called with a sentence on each step. */
  onStep(sentence: string): void;
}

export interface DetectedShop {
  /** As an operator would write it. */
  declaration: ShopDeclaration;
  /** What was searched for to try it, and what was found. */
  query: string;
  offers: CandidateOffer[];
}

/**
 * Finds out how a shop is asked, by its address alone: its platform, else its search box, and tries a search.
 * @throws FetchError; UnreadablePageError with a sentence that says what is missing and what to do.
 */
export async function detectShop(address: string, options: DetectionOptions): Promise<DetectedShop> {
  const { fetcher, signal, onStep, render = false } = options;
  if (isEbay(address)) {
    throw refusal('eBay is asked through its Browse API, with keys: declare it by hand as "ebay-browse".', address);
  }
  const home = await fetcher.fetch(address, { purpose: 'page', signal, render });
  onStep(`${home.url} answered after ${Math.round(home.elapsedMs)} ms.`);
  const feed = await seeFeed(home);
  const html = feed === null ? home.text() : '';
  const attempts =
    feed === null ? attemptsFor(html, home.url, options) : [asFeed(feed.origin, home.url, options.currency)];
  if (attempts.length === 0) {
    throw refusal(noSearch(html, render), home.url);
  }
  const query = options.query ?? twoWords(feed?.title ?? titleOfProduct(html, home.url));
  if (query === null) {
    throw refusal('The home page shows no product to try: name one that the shop has with --query.', home.url);
  }
  let failure: unknown;
  for (const declaration of attempts) {
    onStep(
      `Trying "${query}" as ${declaration.adapter}${declaration.adapter === 'html' ? `, ${declaration.search}` : ''} …`,
    );
    try {
      const offers = await trySearch(declaration, query, options);
      if (offers.length > 0) return { declaration: withCurrency(declaration, offers), query, offers };
      failure = refusal(`Its search has nothing for "${query}": name something it has with --query.`, home.url);
    } catch (error) {
      failure = error;
      onStep(`That did not work: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw failure;
}

function noSearch(html: string, render: boolean): string {
  const isShell = /<script\b/i.test(html) && readableText(parseHtml(html)).length < SHELL_TEXT_LENGTH;
  if (isShell && !render) {
    return 'The home page is empty before its scripts have run: add it with --render, which runs them.';
  }
  return 'The home page shows no search: declare the shop by hand, with the path of its search.';
}

function refusal(message: string, url: string): UnreadablePageError {
  return new UnreadablePageError('unreadable', message, url);
}

/** The ways to ask this shop that its home page suggests, the surest first. */
function attemptsFor(html: string, url: string, { currency, render }: DetectionOptions): ShopDeclaration[] {
  const fields = fieldsOf(html, url, currency);
  const platform = seePlatform(html, url);
  const attempts = (platform?.roots ?? []).map((root) =>
    shopDeclarationSchema.parse({ ...fields, adapter: platform?.adapter, url: root }),
  );
  const search = findSearch(html, url);
  const { origin } = new URL(url);
  if (search !== null) {
    attempts.push(shopDeclarationSchema.parse({ ...fields, adapter: 'html', url: origin, search, render }));
  }
  return attempts;
}

function asFeed(origin: string, feed: string, currency: string | undefined): ShopDeclaration {
  return shopDeclarationSchema.parse({ ...fieldsOf('', origin, currency), adapter: 'feed', url: origin, feed });
}

/** The fields that any shop's home page gives. */
function fieldsOf(html: string, url: string, currency: string | undefined) {
  const $ = load(parseHtml(html));
  const host = new URL(url).host.replace(/^www\./, '');
  return {
    id: host
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replace(/^-|-$/g, ''),
    name: ($('meta[property="og:site_name"]').attr('content')?.trim() || host).slice(0, 80),
    locale: localeOf($('html').attr('lang')),
    ...(currency !== undefined && { currency }),
  };
}

function localeOf(lang: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(lang?.trim().replace('_', '-') ?? 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}

async function trySearch(
  declaration: ShopDeclaration,
  query: string,
  { fetcher, pages, feeds, signal }: DetectionOptions,
): Promise<CandidateOffer[]> {
  const shop = await openShop(declaration);
  const found = new Map<string, CandidateOffer>();
  const { locale, max_candidates: limit } = declaration;
  const context = { fetcher, pages, feeds, signal, locale, limit };
  for await (const offer of shop.search(query, context)) found.set(offer.url, offer);
  return [...found.values()];
}

/** The one currency of all offers stands in the declaration for the pages that do not repeat it. */
function withCurrency(declaration: ShopDeclaration, offers: readonly CandidateOffer[]): ShopDeclaration {
  const currencies = new Set(offers.map(({ price }) => price.currency));
  const [currency] = currencies;
  if (declaration.currency !== undefined || currencies.size !== 1 || currency === undefined) return declaration;
  return { ...declaration, currency };
}

/** Of the first card with a price; a row of the page's own frame may look like a card, but has none. */
function titleOfProduct(html: string, url: string): string | undefined {
  const cards = extractList(new Page(html, url));
  return (cards.find(({ price }) => price !== null) ?? cards[0])?.title;
}

/** Two words of the first product that the shop shows. */
function twoWords(title: string | undefined): string | null {
  const words = title?.split(/\s+/).filter((word) => /\p{L}{3}/u.test(word));
  return words?.slice(0, 2).join(' ') || null;
}
