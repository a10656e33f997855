/** One page of a list, from a query parameter that may be anything. */
export function pageOf<T>(items: readonly T[], pageText: string | undefined, size: number) {
  const pages = Math.max(Math.ceil(items.length / size), 1);
  const asked = Number.parseInt(pageText ?? '1', 10);
  const page = Number.isNaN(asked) ? 1 : Math.min(Math.max(asked, 1), pages);
  return { page, pages, items: items.slice((page - 1) * size, page * size) };
}
