import type { QuotedPrice } from '../../offer.ts';
import { samePrice } from '../price-quote.ts';
import { validGtin } from '../product-code.ts';
import type { CastVote, Field, FieldValues, Vote } from '../vote.ts';

/** A value that was proposed for a field, with everything that is known of it. */
export interface Described<F extends Field> {
  value: FieldValues[F];
  votes: CastVote[];
  /** What the model weighs, by name. */
  features: Map<string, number>;
}

/** The values that the votes propose for a field, each once, with the features that the model weighs. */
export function describe<F extends Field>(field: F, votes: readonly CastVote[]): Described<F>[] {
  const described: Described<F>[] = [];
  for (const cast of votes) {
    if (!isFor(field, cast.vote)) continue;
    const { value } = cast.vote;
    let known = described.find((candidate) => sameValue(field, candidate.value, value));
    if (!known) {
      known = { value, votes: [], features: new Map() };
      described.push(known);
    }
    known.votes.push(cast);
    known.value = moreComplete(known.value, value);
    for (const [name, strength] of featuresOf(cast)) raise(known.features, name, strength);
  }
  for (const { votes: own, features } of described) {
    const nSources = new Set(own.map(({ source }) => source)).size;
    if (nSources > 1) features.set('agreed', 1);
    if (nSources > 2) features.set('agreed by three', 1);
  }
  if (field === 'price') describePrices(described, votes);
  if (field === 'availability') describeStates(described);
  if (field === 'sku') describeNumbers(described);
  return described;
}

/** Strengths nearer to 0 and 1 than this say no more. */
const [LEAST, MOST] = [0.05, 0.98];

/** The log-odds of a vote's strength, under its source's name; or its signals by theirs. */
export function featuresOf({ source, vote: { signals } }: CastVote): Map<string, number> {
  if (typeof signals !== 'number') return new Map(Object.entries(signals));
  const strength = Math.min(MOST, Math.max(LEAST, signals));
  return new Map([
    [source, Math.log(strength / (1 - strength))],
    [`by ${source}`, 1],
  ]);
}

/** Of repeated features the strongest counts. */
function raise(features: Map<string, number>, name: string, value: number): void {
  features.set(name, Math.max(features.get(name) ?? Number.NEGATIVE_INFINITY, value));
}

/** Shown with tax, a price is higher than the declared one by a rate of tax between these. */
const [LEAST_TAX, MOST_TAX] = [1.03, 1.28];
/** How surely a price must be called the list price. */
const CALLED_LIST = 0.2;

/** How the amounts of a page stand to each other: shown or not, struck through elsewhere, net and gross. */
function describePrices(described: readonly Described<Field>[], votes: readonly CastVote[]): void {
  const prices = described.flatMap(({ value, features }) => (isQuote(value) ? [{ value, features }] : []));
  const shown = prices.filter(({ features }) => features.has('shown'));
  const declared = prices.filter(({ features }) => !features.has('shown'));
  const listed = votes.flatMap(({ vote: { field, value, signals } }) =>
    field === 'listPrice' && isQuote(value) && typeof signals === 'number' && signals >= CALLED_LIST ? [value] : [],
  );
  for (const { value, features } of prices) {
    if (listed.some((other) => samePrice(other, value))) features.set('called list price', 1);
    if (value.currency === null) features.set('without currency', 1);
  }
  for (const { value, features } of declared) {
    const isHigher = declared.some(
      (other) => Number(other.value.amount) > Number(value.amount) && !other.features.has('agreed'),
    );
    if (features.has('agreed') && isHigher) features.set('agreed sale', 1);
  }
  if (shown.length > 0) for (const { features } of declared) features.set('not shown', 1);
  for (const one of declared) {
    for (const other of shown) {
      const ratio = Number(other.value.amount) / Number(one.value.amount);
      if (ratio < LEAST_TAX || ratio > MOST_TAX || !other.features.has('gross')) continue;
      one.features.set('net of shown', 1);
      other.features.set('gross of declared', 1);
    }
  }
}

const DECLARING = ['json-ld', 'microdata', 'rdfa', 'open-graph', 'embedded-state'];

/** Shops forget to take back what they declare of a stock that is gone more often than the contrary. */
function describeStates(described: readonly Described<Field>[]): void {
  for (const { value, features } of described) {
    if (value !== 'InStock' && DECLARING.some((source) => features.has(source))) features.set('declared absent', 1);
  }
}

/** A number that is a GTIN is the maker's, and short ones are counts and sizes as often as stock numbers. */
function describeNumbers(described: readonly Described<Field>[]): void {
  for (const { value, features } of described) {
    if (typeof value !== 'string') continue;
    if (validGtin(value) !== null) features.set('is a gtin', 1);
    if (/^\d{1,4}$/.test(value)) features.set('is a short number', 1);
  }
}

function isFor<F extends Field>(field: F, vote: Vote): vote is Vote<F> & Vote {
  return vote.field === field;
}

function sameValue<F extends Field>(field: F, a: FieldValues[F], b: FieldValues[F]): boolean {
  if (isQuote(a) && isQuote(b)) return samePrice(a, b);
  if (typeof a === 'string' && typeof b === 'string') return comparable(field, a) === comparable(field, b);
  return field === 'rating' && JSON.stringify(a) === JSON.stringify(b);
}

/** The form in which two texts of a field are compared. */
export function comparable(field: Field, text: string): string {
  if (field === 'image') return text.replace(/[?#].*$/, '');
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
}

/** Of two equal prices the one that names its currency. */
function moreComplete<V extends FieldValues[Field]>(known: V, other: V): V {
  return isQuote(known) && isQuote(other) && known.currency === null && other.currency !== null ? other : known;
}

function isQuote(value: FieldValues[Field]): value is QuotedPrice {
  return typeof value === 'object' && 'amount' in value;
}
