import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Answer, getJson } from './http.ts';
import { PRODUCT_DETAIL, PRODUCT_LIST, READINESS, RECOMMENDATIONS, SHOPPERS } from './shapes.ts';

/** How long an answer counts as fresh. */
const FRESH_MS = 60_000;
/** How soon the server is asked again while only a kept answer can be shown. */
const ASK_AGAIN_MS = 10_000;
export const PAGE_SIZE = 24;
/** A new model needs a training, which is rare. */
const MODEL_FRESH_MS = 10 * 60_000;

type Answered = { state: { data?: Answer<unknown> | undefined } };

function askAgain(query: Answered): number | false {
  return query.state.data?.savedAt ? ASK_AGAIN_MS : false;
}

/** A return to a page sends no request. An answer that the device had kept is stale at once. */
function freshFor(query: Answered): number {
  return query.state.data?.savedAt ? 0 : FRESH_MS;
}

export function recommendationsQuery(userId: string, limit: number) {
  return queryOptions({
    queryKey: ['recommendations', userId, limit],
    queryFn: ({ signal }) =>
      getJson('/recommendations', { query: { user_id: userId, limit }, signal }, RECOMMENDATIONS),
    refetchInterval: askAgain,
    staleTime: freshFor,
  });
}

/** Whom else one can shop as. */
export const shoppersQuery = queryOptions({
  queryKey: ['shoppers'],
  queryFn: ({ signal }) => getJson('/shoppers', { signal }, SHOPPERS),
  staleTime: freshFor,
});

export function productQuery(id: string) {
  return queryOptions({
    queryKey: ['product', id],
    queryFn: ({ signal }) => getJson('/products/{id}', { path: { id }, signal }, PRODUCT_DETAIL),
    refetchInterval: askAgain,
    staleTime: freshFor,
  });
}

export interface ProductSearch {
  query: string;
  category: string | null;
}

export function productsQuery({ query, category }: ProductSearch) {
  return infiniteQueryOptions({
    queryKey: ['products', query, category],
    queryFn: ({ signal, pageParam }) => {
      const page = { query, limit: PAGE_SIZE, offset: pageParam };
      return getJson('/products', { query: category === null ? page : { ...page, category }, signal }, PRODUCT_LIST);
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.data.items.length, 0);
      return last.data.items.length > 0 && shown < last.data.total ? shown : null;
    },
    staleTime: (query) => (query.state.data?.pages.some(({ savedAt }) => savedAt !== null) ? 0 : FRESH_MS),
    // The old results stay until the new ones come, so that nothing flickers between two keystrokes.
    placeholderData: keepPreviousData,
  });
}

/** The engine and the model of the server. Not kept for offline use. */
export const serverEngineQuery = queryOptions({
  queryKey: ['server-engine'],
  queryFn: ({ signal }) => getJson('/readyz', { signal }, READINESS),
  staleTime: MODEL_FRESH_MS,
});
