import type { ShopPage } from '../shop-page.ts';

/** What a page of these tests holds beside its product's name. */
interface PlainPage {
  lang?: string;
  title: string;
  head?: string;
  /** Markup between the heading and the end of the main part. */
  product: string;
  /** Before the heading. */
  above?: string;
  url?: string;
}

/** A reduced product page: a heading and what one kind of fault is about. */
export function plainPage(name: string, page: PlainPage, expected: ShopPage['expected']): ShopPage {
  const { lang = 'en', title, head = '', product, above = '', url = 'https://shop.example/p/1' } = page;
  const html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>${head}</head>
<body><main>${above}<h1>${title}</h1>${product}</main></body></html>`;
  return { name, url, html, expected };
}

/** JSON-LD of a product. */
export function productData(data: Record<string, unknown>): string {
  return `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@type': 'Product', ...data })}</script>`;
}
