/** The address of a product's page, where a query is one; null for words. The part after `#` is the browser's own. */
export function productAddress(query: string): string | null {
  const text = query.trim();
  if (!/^https?:\/\/\S+$/i.test(text)) return null;
  const url = URL.parse(text);
  if (url === null) return null;
  url.hash = '';
  return url.href;
}
