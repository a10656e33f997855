import { plainText } from './structured/schema-org/properties.ts';

/** What the head of a page says of the page, read without a DOM. */
export interface PageHead {
  title: string;
  /** `lang` of `<html>`. */
  language: string | null;
  /** `href` of `<base>`. */
  base: string | null;
  canonical: string | null;
  ogUrl: string | null;
  /** The currency that OpenGraph names for the price, as it is written. */
  currency: string | null;
}

/** Heads are searched up to the end tag, and no further than this. */
const MAX_HEAD_LENGTH = 300_000;

/** Reads the few tags of the head that place a page: much cheaper than building a DOM for them. */
export function scanHead(html: string): PageHead {
  // Scripts in the head may write `<body`.
  const ends = [html.indexOf('</head'), html.indexOf('<body')].find((at) => at >= 0);
  const head = html.slice(0, Math.min(ends ?? html.length, MAX_HEAD_LENGTH));
  return {
    title: plainText(/<title[^<>]*>([^<]*)/i.exec(head)?.[1] ?? ''),
    language: attributeIn(/<html\b[^<>]*>/i.exec(head)?.[0], 'lang'),
    base: attributeIn(/<base\b[^<>]*>/i.exec(head)?.[0], 'href'),
    canonical: attributeIn(/<link\b[^<>]*\brel\s*=\s*["']?canonical\b[^<>]*>/i.exec(head)?.[0], 'href'),
    ogUrl: attributeIn(/<meta\b[^<>]*\bproperty\s*=\s*["']?og:url\b[^<>]*>/i.exec(head)?.[0], 'content'),
    currency: attributeIn(
      /<meta\b[^<>]*\bproperty\s*=\s*["']?(?:product|og):price:currency\b[^<>]*>/i.exec(head)?.[0],
      'content',
    ),
  };
}

function attributeIn(tag: string | undefined, name: string): string | null {
  if (tag === undefined) return null;
  const match = new RegExp(`[\\s"']${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  const value = (match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim();
  return value === '' ? null : value.replaceAll('&amp;', '&');
}
