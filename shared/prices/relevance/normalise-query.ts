/** No shop takes longer queries, and a cache key must have a bound. */
const MAX_QUERY_LENGTH = 200;
/** Pages name brands of any length; what punctuation is cut off looks at every run of it more than once. */
const MAX_LOOKED_AT = 5 * MAX_QUERY_LENGTH;

/**
 * A query in the one form under which it is cached and sent to shops: Unicode NFKC, lower case, single spaces, without
 * the punctuation around words. What is inside a word stays (`wh-1000xm5`, `3.5`, `c++`, `at&t`).
 */
export function normaliseQuery(query: string): string {
  return query
    .slice(0, MAX_LOOKED_AT)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[‐-―−]/g, '-')
    .replace(/[’‘ʼ`´]/g, "'")
    .split(/[\s\p{Cc}]+/u)
    .map((word) => word.replace(LEADING_PUNCTUATION, '').replace(TRAILING_PUNCTUATION, ''))
    .filter((word) => word !== '')
    .join(' ')
    .slice(0, MAX_QUERY_LENGTH)
    .trim();
}

const LEADING_PUNCTUATION = /^[^\p{L}\p{N}\p{M}\p{S}.#]+|^\.(?!\d)/u;
/** `c++`, `c#`, `5"` and `50%` end in what they mean. */
const TRAILING_PUNCTUATION = /(?:[^\p{L}\p{N}\p{M}\p{S}+#"%]|(?<!\d)")+$/u;
