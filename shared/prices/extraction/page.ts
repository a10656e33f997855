import { type CheerioAPI, load } from 'cheerio/slim';
import type { Document } from 'domhandler';
import { lineText, resolveUrl } from './dom.ts';
import { outlineOf, type PageOutline } from './outline.ts';
import { countryOfPage } from './page-country.ts';
import { MAX_HTML_LENGTH, parseHtml } from './parse-html.ts';
import { plainText } from './schema-org/properties.ts';
import { type SchemaObject, schemaObjectsOf } from './schema-org/schema-object.ts';
import { readJsonLd } from './syntax/json-ld.ts';
import { findAnchors } from './visible/anchors.ts';

/**
 * One page under extraction. What costs much is made when first asked for: the JSON-LD by a scan of the text, the DOM
 * only by the extractors that need it.
 */
export class Page {
  readonly html: string;
  /** The address that the page was fetched from, or empty when it is not known. */
  readonly givenUrl: string;
  private readonly parse: (html: string) => Document;
  private parsed: Document | null = null;
  private outlined: PageOutline | null = null;
  private queried: CheerioAPI | null = null;
  private titled: string | null = null;
  private spokenTo: { country: string | null } | null = null;
  private linkedData: SchemaObject[] | null = null;

  constructor(html: string, url: string, parse: (html: string) => Document = parseHtml) {
    this.html = html.length > MAX_HTML_LENGTH ? html.slice(0, MAX_HTML_LENGTH) : html;
    this.givenUrl = url;
    this.parse = parse;
  }

  get jsonLd(): SchemaObject[] {
    this.linkedData ??= schemaObjectsOf(readJsonLd(this.html));
    return this.linkedData;
  }

  get document(): Document {
    this.parsed ??= this.parse(this.html);
    return this.parsed;
  }

  get outline(): PageOutline {
    this.outlined ??= outlineOf(this.document);
    return this.outlined;
  }

  /** The document for CSS selectors. */
  get $(): CheerioAPI {
    this.queried ??= load(this.document);
    return this.queried;
  }

  /** Where the page lives: the given address, else what the page calls canonical; empty when neither is known. */
  get url(): string {
    if (this.givenUrl !== '') return this.givenUrl;
    const { canonical, meta } = this.outline;
    return resolveUrl(canonical, '') ?? resolveUrl(meta.get('og:url'), '') ?? '';
  }

  /** The country that the page speaks to: a hint for shared currency symbols. */
  get country(): string | null {
    this.spokenTo ??= { country: countryOfPage(this.url, this.outline.language) };
    return this.spokenTo.country;
  }

  /** The text of `<title>`, read without the DOM. */
  get titleText(): string {
    this.titled ??= plainText(/<title[^>]*>([^<]*)/i.exec(this.html)?.[1] ?? '');
    return this.titled;
  }

  /** The name of the product as the page's heading or its titles give it; empty when there is none. */
  get productTitle(): string {
    const heading = findAnchors(this).title;
    return heading ? lineText(heading.element, 300) : plainText(this.outline.meta.get('og:title') ?? this.titleText);
  }

  /** What relative references are resolved against. */
  get baseUrl(): string {
    const { base } = this.outline;
    return (base === null ? null : resolveUrl(base, this.url)) ?? this.url;
  }
}
