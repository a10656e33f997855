/** One page of a list, from a query parameter that may be anything. */
export function pageOf<T>(items: readonly T[], pageText: string | undefined, pageSize: number) {
  const nPages = Math.max(Math.ceil(items.length / pageSize), 1);
  const asked = Number.parseInt(pageText ?? '1', 10);
  const page = Number.isNaN(asked) ? 1 : Math.min(Math.max(asked, 1), nPages);
  return { page, nPages, items: items.slice((page - 1) * pageSize, page * pageSize) };
}
