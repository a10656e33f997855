import fc from 'fast-check';

/** Products that there are. */
export const ITEMS = ['kettle', 'lamp', 'sofa'] as const;

const DAY_MS = 24 * 3600 * 1000;

/** What goes wrong while a device sends or pulls. */
export type Fault =
  /** The nth request does not reach the server. */
  | { kind: 'request lost'; nth: number }
  /** The nth request reaches it, and its answer is lost. */
  | { kind: 'answer lost'; nth: number }
  /** The page is killed before the nth write into its database. */
  | { kind: 'killed'; nth: number }
  /** The disk is full at the nth write, and has room again afterwards. */
  | { kind: 'disk full'; nth: number };

export type RecordStep =
  | { do: 'rate' | 'view' | 'buy'; on: number; item: string; value: number; fault: Fault | null }
  | { do: 'watch' | 'unwatch'; on: number; item: string; fault: Fault | null };

export type Step =
  | RecordStep
  /** @param meanwhile what happens while its first request is under way, on the other device or in another tab of this one. */
  | { do: 'send' | 'pull'; on: number; fault: Fault | null; meanwhile: Step | null }
  | { do: 'sync off'; on: number }
  | { do: 'sync on'; on: number; withKept: boolean }
  | { do: 'link'; fault: Fault | null }
  /** The network brings an earlier request again, whatever has been sent since. */
  | { do: 'bring again'; nth: number }
  | { do: 'set clock'; on: number; aheadMs: number }
  | { do: 'wait'; ms: number }
  | { do: 'restart server' | 'back up' | 'restore' };

const on = fc.constantFrom(0, 1);
const item = fc.constantFrom(...ITEMS);
const nth = fc.nat({ max: 3 });
const lost = fc.constantFrom('request lost' as const, 'answer lost' as const);
const broken = fc.constantFrom('killed' as const, 'disk full' as const);
const writeFault = fc.option(fc.record({ kind: broken, nth: fc.nat({ max: 3 }) }), { freq: 6, nil: null });
const anyFault = fc.option(
  fc.oneof(fc.record({ kind: lost, nth }), fc.record({ kind: broken, nth: fc.nat({ max: 12 }) })),
  { freq: 1, nil: null },
);

const record: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('rate' as const, 'buy' as const),
    ...{ on, item, value: fc.integer({ min: 1, max: 5 }), fault: writeFault },
  }),
  fc.record({ do: fc.constant('view' as const), on, item, value: fc.constant(1), fault: writeFault }),
  fc.record({ do: fc.constantFrom('watch' as const, 'unwatch' as const), on, item, fault: writeFault }),
);
const talk = (meanwhile: fc.Arbitrary<Step | null>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constantFrom('send' as const, 'pull' as const), on, fault: anyFault, meanwhile });

const server: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('back up' as const, 'restore' as const) }) },
  fc.record({ do: fc.constant('restart server' as const) }),
);
/** Up to the day that the server lets pass, far beyond it, and a day behind. */
const aheadMs = fc.constantFrom(0, 0, DAY_MS - 1, DAY_MS, 2 * DAY_MS, 400 * DAY_MS, -DAY_MS);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: record },
  { weight: 10, arbitrary: talk(fc.option(fc.oneof(record, talk(fc.constant(null))), { freq: 1, nil: null })) },
  { weight: 4, arbitrary: server },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bring again' as const), nth: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set clock' as const), on, aheadMs }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 60_000, 2 * DAY_MS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sync off' as const), on }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sync on' as const), on, withKept: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link' as const), fault: anyFault }) },
);

/** Steps of two devices and a server, in the order in which they happen. */
export const schedules: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 4, maxLength: 40, size: 'max' });
