const RealDate = Date;

/** Milliseconds since 1970 as the machine that computes at this moment has them. */
let nowMs: (() => number) | null = null;

class SimulatedDate extends RealDate {
  constructor(...given: [] | [value: number | string | Date]) {
    if (given.length > 0) super(given[0] as number);
    else super(SimulatedDate.now());
  }

  static override now(): number {
    return nowMs?.() ?? RealDate.now();
  }
}

/** Puts a clock under `Date` until it is taken away with null: two devices and a server share this process. */
export function setClock(clock: (() => number) | null): void {
  nowMs = clock;
  globalThis.Date = clock === null ? RealDate : (SimulatedDate as DateConstructor);
}
