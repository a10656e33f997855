import { type CheerioAPI, load } from 'cheerio/slim';
import type { Document } from 'domhandler';
import { resolveUrl } from './dom.ts';
import { type PageHead, scanHead } from './head-scan.ts';
import { outlineOf, type PageOutline } from './outline.ts';
import { countryOfPage } from './page-country.ts';
import { MAX_HTML_LENGTH, parseHtml } from './parse-html.ts';
import { readJsonLd } from './structured/json-ld.ts';
import { plainText } from './structured/schema-org/properties.ts';
import { type SchemaObject, schemaObjectsOf } from './structured/schema-org/schema-object.ts';
import { VisibleLayout } from './visible/layout.ts';

/**
 * One page under extraction. What costs much is made when first asked for: the JSON-LD by a scan of the text, the DOM
 * only by the extractors that need it.
 */
export class Page {
  readonly html: string;
  /** The address that the page was fetched from, or empty when it is not known. */
  readonly givenUrl: string;
  readonly #parse: (html: string) => Document;
  #parsed: Document | null = null;
  #outlined: PageOutline | null = null;
  #queried: CheerioAPI | null = null;
  #laidOut: VisibleLayout | null = null;
  #placed: PagePlace | null = null;
  #linkedData: SchemaObject[] | null = null;

  constructor(html: string, url: string, parse: (html: string) => Document = parseHtml) {
    this.html = html.length > MAX_HTML_LENGTH ? html.slice(0, MAX_HTML_LENGTH) : html;
    this.givenUrl = url;
    this.#parse = parse;
  }

  get jsonLd(): SchemaObject[] {
    this.#linkedData ??= schemaObjectsOf(readJsonLd(this.html));
    return this.#linkedData;
  }

  get document(): Document {
    this.#parsed ??= this.#parse(this.html);
    return this.#parsed;
  }

  get outline(): PageOutline {
    this.#outlined ??= outlineOf(this.document);
    return this.#outlined;
  }

  /** The document for CSS selectors. */
  get $(): CheerioAPI {
    this.#queried ??= load(this.document);
    return this.#queried;
  }

  /** Where the page lives: the given address, else what the page calls canonical; empty when neither is known. */
  get url(): string {
    return this.#place.url;
  }

  /** What relative references are resolved against. */
  get baseUrl(): string {
    return this.#place.baseUrl;
  }

  /** The country that the page speaks to: a hint for shared currency symbols. */
  get country(): string | null {
    return this.#place.country;
  }

  /** The currency that the head declares for the price, as it is written. */
  get declaredCurrency(): string | null {
    return this.#place.currency;
  }

  /** The text of `<title>`. */
  get titleText(): string {
    return this.#place.title;
  }

  /** The page as a reader goes through it. */
  get layout(): VisibleLayout {
    this.#laidOut ??= new VisibleLayout(this.outline, this.titleText);
    return this.#laidOut;
  }

  /** The name of the product as the page's heading or its titles give it; empty when there is none. */
  get productTitle(): string {
    return this.layout.title ?? plainText(this.outline.meta.get('og:title') ?? this.titleText);
  }

  get #place(): PagePlace {
    this.#placed ??= placeOf(scanHead(this.html), this.givenUrl);
    return this.#placed;
  }
}

interface PagePlace {
  url: string;
  baseUrl: string;
  country: string | null;
  currency: string | null;
  title: string;
}

function placeOf(head: PageHead, givenUrl: string): PagePlace {
  const url = givenUrl || (resolveUrl(head.canonical, '') ?? resolveUrl(head.ogUrl, '') ?? '');
  return {
    url,
    baseUrl: resolveUrl(head.base, url) ?? url,
    country: countryOfPage(url, head.language),
    currency: head.currency,
    title: head.title,
  };
}
