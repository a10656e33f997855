import { orAborted } from '../abortable.ts';
import type { Shop } from '../shops/registry.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import type { ShopResources } from '../shops/shop-resources.ts';
import { type FailureReason, failureReason } from './shop-failure.ts';
import { visibleCandidate } from './visible-candidate.ts';

/** What one shop said to one query, in the shop's own currencies. */
export interface ShopAnswer {
  /** Empty where the shop has nothing like it, or failed before it gave anything. */
  candidates: CandidateOffer[];
  /** Why the shop gave nothing, or not all. */
  failure: FailureReason | null;
  /** The comparison's deadline came before the shop had finished. */
  cutOff: boolean;
  /** ISO 8601 instant. */
  checkedAt: string;
  elapsedMs: number;
}

export interface AskOptions {
  resources: ShopResources;
  /** ISO 3166-1 alpha-2 code of the country to send to; null: none was named. */
  shipTo: string | null;
  deadline: AbortSignal;
  now(): number;
  /** Called with what is known so far, while the shop is being read. */
  onCandidates?(candidates: CandidateOffer[]): void;
}

const MAX_URL_LENGTH = 2048;

/**
 * Asks one shop, and returns by `deadline` whatever the shop does: with what is known by then. Never throws for what a
 * shop does; @throws the reason of `deadline` only through its own caller's checks.
 */
export async function askShop(
  { declaration, adapter }: Shop,
  query: string,
  { resources, shipTo, deadline, now, onCandidates }: AskOptions,
): Promise<ShopAnswer> {
  const started = performance.now();
  const known = new Map<string, CandidateOffer>();
  const ownLimit = AbortSignal.timeout(declaration.timeout_ms);
  const signal = AbortSignal.any([deadline, ownLimit]);
  let failure: FailureReason | null = null;
  try {
    const { locale, max_candidates: limit } = declaration;
    const context = { ...resources, signal, locale, limit, ...(shipTo !== null && { shipTo }) };
    for await (const candidate of until(signal, adapter.search(query, context))) {
      if (known.size >= limit && !known.has(candidate.url)) continue;
      keep(known, candidate);
      onCandidates?.([...known.values()]);
    }
  } catch (error) {
    failure = signal.aborted ? lateness(declaration.timeout_ms, deadline, known.size) : failureReason(error);
  }
  return {
    candidates: [...known.values()],
    failure,
    cutOff: failure !== null && deadline.aborted,
    checkedAt: new Date(now()).toISOString(),
    elapsedMs: Math.round(performance.now() - started),
  };
}

/** Keeps a candidate, as it can be seen, except one whose address is no web address. */
function keep(known: Map<string, CandidateOffer>, candidate: CandidateOffer): void {
  if (candidate.url.length > MAX_URL_LENGTH || !/^https?:\/\//.test(candidate.url)) return;
  known.set(candidate.url, visibleCandidate(candidate));
}

function lateness(timeoutMs: number, deadline: AbortSignal, nKnown: number): FailureReason {
  const limit = deadline.aborted ? 'the comparison ended' : `its limit of ${timeoutMs / 1000} s`;
  const what = nKnown === 0 ? 'The shop had not answered' : 'The shop had not answered in full';
  return { reason: 'timeout', detail: `${what} by the time ${deadline.aborted ? limit : `${limit} had passed`}.` };
}

/**
 * The items of `source` until `signal` aborts, then its reason is thrown: at once, even when the source does not heed
 * the signal itself.
 */
async function* until<T>(signal: AbortSignal, source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const item = await orAborted(iterator.next(), signal);
      if (item.done) {
        ended = true;
        return;
      }
      yield item.value;
    }
  } finally {
    // A generator that waits for a shop returns only after it, so its return is not awaited.
    if (!ended) iterator.return?.().catch(() => {});
  }
}
