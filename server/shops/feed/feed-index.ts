import { identifyingGtin } from '../../../shared/prices/matching/gtin.ts';
import { isRelevant, relevance } from '../../../shared/prices/relevance/relevance.ts';
import { searchWords } from '../../store/search-text.ts';
import type { CandidateOffer } from '../candidate-offer.ts';
import { type FeedProduct, offerAt } from './feed-product.ts';

/** Products that hold the rarest words of the query: so many are read, and judged as a person would. */
const MAX_JUDGED = 100;
/** A word that only contains what was asked for (`kettles`, `Wasserkocher`) says less than the word itself. */
const PARTIAL_WEIGHT = 0.7;
/** Shorter words are not looked for inside others. */
const MIN_PARTIAL_LETTERS = 4;
const MAX_WORD_LETTERS = 40;
/** What a string takes in V8 beside its letters: header, padding, and its place in the list. */
const STRING_OVERHEAD_BYTES = 32;

/**
 * The products of one feed, searched by words. They are kept as bytes outside the JavaScript heap and read when they
 * are found: a feed of 60,000 makes no million objects for the garbage collector to walk.
 */
export class FeedIndex {
  readonly sizeBytes: number;
  readonly #nProducts: number;
  /** A JSON text for each product, one after the other. */
  readonly #records: Buffer;
  /** [nProducts + 1] where each product's record starts. */
  readonly #recordPtr: Float64Array;
  /** [nWords] every word of the feed. */
  readonly #words: readonly string[];
  /** [nWords + 1] where each word's products start in `#productIds`. */
  readonly #wordPtr: Uint32Array;
  readonly #productIds: Uint32Array;

  private constructor(records: readonly Buffer[], postings: ReadonlyMap<string, readonly number[]>) {
    this.#nProducts = records.length;
    this.#records = Buffer.concat(records);
    this.#recordPtr = new Float64Array(records.length + 1);
    for (const [id, record] of records.entries()) this.#recordPtr[id + 1] = this.#recordPtr[id]! + record.length;
    this.#words = [...postings.keys()];
    this.#wordPtr = new Uint32Array(postings.size + 1);
    let n = 0;
    for (const [at, ids] of [...postings.values()].entries()) this.#wordPtr[at + 1] = n += ids.length;
    this.#productIds = new Uint32Array(n);
    for (const [at, ids] of [...postings.values()].entries()) this.#productIds.set(ids, this.#wordPtr[at]);
    const arrays = [this.#records, this.#recordPtr, this.#wordPtr, this.#productIds];
    this.sizeBytes =
      arrays.reduce((sum, array) => sum + array.byteLength, 0) +
      this.#words.reduce((sum, word) => sum + word.length + STRING_OVERHEAD_BYTES, 0);
  }

  static async of(products: AsyncIterable<FeedProduct>): Promise<FeedIndex> {
    const records: Buffer[] = [];
    const postings = new Map<string, number[]>();
    for await (const product of products) {
      const { title, brand, mpn, sku } = product.offer;
      const text = [title, brand, mpn, sku].filter((part) => part !== null).join(' ');
      for (const word of new Set(indexedWords(text))) {
        const ids = postings.get(word);
        if (ids === undefined) postings.set(word, [records.length]);
        else ids.push(records.length);
      }
      records.push(Buffer.from(JSON.stringify(product)));
    }
    return new FeedIndex(records, postings);
  }

  /** The best answers first, the cheaper one first among equals. A GTIN finds the product itself. */
  search(query: string, limit: number, nowMs: number): CandidateOffer[] {
    const gtin = identifyingGtin(query);
    if (gtin !== null) return this.#whereField('gtin', gtin, limit).map((id) => this.#offer(id, nowMs));
    return this.#holding(query)
      .map((id) => this.#offer(id, nowMs))
      .filter((offer) => isRelevant(query, offer))
      .map((offer) => ({ offer, score: relevance(query, offer) }))
      .sort((a, b) => b.score - a.score || a.offer.price.minor - b.offer.price.minor)
      .slice(0, limit)
      .map(({ offer }) => offer);
  }

  /** The product whose page this is, as the feed writes its address. */
  byUrl(url: string, nowMs: number): CandidateOffer | null {
    const [id] = this.#whereField('url', url, 1);
    return id === undefined ? null : this.#offer(id, nowMs);
  }

  /** Products that hold words of the query, weighted by how rare each word is (inverse document frequency). */
  #holding(query: string): number[] {
    const scores = new Float32Array(this.#nProducts);
    const best = new Float32Array(this.#nProducts);
    for (const asked of new Set(indexedWords(query))) {
      best.fill(0);
      for (let word = 0; word < this.#words.length; word += 1) {
        const share = shareOf(this.#words[word]!, asked);
        if (share === 0) continue;
        const ids = this.#productIds.subarray(this.#wordPtr[word], this.#wordPtr[word + 1]);
        const weight = share * Math.log(1 + this.#nProducts / ids.length);
        for (const id of ids) best[id] = Math.max(best[id]!, weight);
      }
      for (let id = 0; id < scores.length; id += 1) scores[id]! += best[id]!;
    }
    const found: number[] = [];
    for (let id = 0; id < scores.length; id += 1) if (scores[id]! > 0) found.push(id);
    return found.sort((a, b) => scores[b]! - scores[a]!).slice(0, MAX_JUDGED);
  }

  /** Found in the bytes of the records: 20 MB take milliseconds, and an index of every address would take as much again. */
  #whereField(field: 'gtin' | 'url', value: string, limit: number): number[] {
    const text = Buffer.from(`"${field}":${JSON.stringify(value)}`);
    const ids: number[] = [];
    for (let at = this.#records.indexOf(text); at !== -1 && ids.length < limit; ) {
      ids.push(this.#recordAt(at));
      at = this.#records.indexOf(text, at + text.length);
    }
    return ids;
  }

  /** The product whose record holds this byte, by bisection. */
  #recordAt(offset: number): number {
    let low = 0;
    let high = this.#nProducts;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#recordPtr[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  #offer(id: number, nowMs: number): CandidateOffer {
    const record = this.#records.toString('utf8', this.#recordPtr[id], this.#recordPtr[id + 1]);
    const product: FeedProduct = JSON.parse(record);
    return offerAt(product, nowMs);
  }
}

/** 1 for the word itself, less for a longer one that contains it but for its ending, 0 for another one. */
function shareOf(word: string, asked: string): number {
  if (word === asked) return 1;
  if (asked.length < MIN_PARTIAL_LETTERS || /\d/.test(asked)) return 0;
  const stem = asked.length > MIN_PARTIAL_LETTERS ? asked.slice(0, -1) : asked;
  return word.includes(stem) ? PARTIAL_WEIGHT : 0;
}

/** Words, and beside them neighbours as one where a digit is in them: `WH-1000XM5` is found as `wh1000xm5` too. */
function indexedWords(text: string): string[] {
  const words = searchWords(text);
  const joined = words.flatMap((word, at) => {
    const pair = word + (words[at + 1] ?? '');
    return at + 1 < words.length && /\d/.test(pair) ? [pair] : [];
  });
  return [...words, ...joined].filter((word) => word.length <= MAX_WORD_LETTERS);
}
