const MINUTE_S = 60;
const HOUR_S = 3600;

/** What clients may ask for. An address is that of an anonymous caller or a device; the operator has no limits. */
export interface Budget {
  points: { address: number; key: number };
  windowS: number;
  /**
   * Whether it holds on a server that only this machine reaches: its own programs and benchmarks may read as they like,
   * but what costs shops requests is limited there too.
   */
  onLoopback: boolean;
}

/** A key stands for an application with users of its own, which its operator knows. */
const KEY_FACTOR = 10;

function perAddress(address: number, windowS: number, { onLoopback = false } = {}): Budget {
  return { points: { address, key: KEY_FACTOR * address }, windowS, onLoopback };
}

export const BUDGETS = {
  /** Each asks every shop. One a second, or all 60 at once, is more than a person reads and less than shops mind. */
  comparisons: perAddress(60, MINUTE_S, { onLoopback: true }),
  /** A search for each letter that someone types, and the pages of some others behind the same address. */
  searches: perAddress(240, MINUTE_S),
  /** Each folds a shopper in, which takes a few milliseconds; the app asks for one per page that it shows. */
  recommendations: perAddress(120, MINUTE_S),
  /** Events, not requests: four full batches, so that a device which was offline for weeks is done in a minute or two. */
  events: perAddress(2_000, MINUTE_S),
  /** Each costs every shop some requests an hour. Two shoppers may fill their lists. */
  'new watches': perAddress(200, HOUR_S),
  /** Devices that write for the first time. A school or an office behind one address has so many in an hour. */
  'new devices': perAddress(30, HOUR_S),
  /** A person links a few devices in a lifetime, and shows some codes that are never used. */
  'new link codes': perAddress(30, HOUR_S),
  /** Guessing 192 random bits is hopeless anyway; this keeps it cheap for the database and out of the way of others. */
  'refused credentials': perAddress(30, MINUTE_S),
} satisfies Record<string, Budget>;

export type BudgetName = keyof typeof BUDGETS;

/** Event streams open at once to one process. Each browser tab has one at most; a stream costs a timer and a socket. */
export const OPEN_STREAMS: Budget['points'] = { address: 30, key: 300 };

/**
 * Comparisons that wait for a worker. A client that follows its jobs may have its whole budget waiting, four such clients
 * fill the queue. One that waits for each answer may have as many as a process makes while callers wait for them: 8 at a
 * time, each in 8 s at most, within the 30 s of `comparisons.ts` less those of its own. More would wait in vain.
 */
export const MAX_WAITING_COMPARISONS = { perClient: 60, perWaitingClient: 22, overall: 240 };
