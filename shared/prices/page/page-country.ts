/** The last label of a host name, where it has two letters: `.uk` in `shop.co.uk`. */
const COUNTRY_DOMAIN = /\.([a-z]{2})$/;
/** Country-code domains that are used for their letters rather than for their country. */
const GENERIC_DOMAINS = new Set('ai cc co fm gg io ly me tv to ws eu'.split(' '));

/**
 * The country that a shop page speaks to, as an ISO 3166 alpha-2 code, or null: from the country domain (`.com.au`), a
 * locale in the path (`/en-ca/`) or the page's language tag (`en-GB`). A hint for shared symbols such as `$`, never a
 * reason to name a currency that the page does not.
 */
export function countryOfPage(url: string, language: string | null): string | null {
  const parsed = URL.parse(url);
  const fromPath = /^\/(?:[a-z]{2}[-_]([a-z]{2})|([a-z]{2})[-/]en)(?=\/|$)/i.exec(parsed?.pathname ?? '');
  const domain = COUNTRY_DOMAIN.exec(parsed?.hostname ?? '')?.[1];
  const fromDomain = domain !== undefined && !GENERIC_DOMAINS.has(domain) ? domain : undefined;
  const fromLanguage = /^[a-z]{2,3}[-_]([a-z]{2})\b/i.exec(language ?? '')?.[1];
  const code = (fromPath?.[1] ?? fromDomain ?? fromPath?.[2] ?? fromLanguage)?.toUpperCase();
  return code === undefined ? null : code === 'UK' ? 'GB' : code;
}
