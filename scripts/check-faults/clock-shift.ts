/** Preloaded by `check-faults.ts`: the process's own clock is wrong by `CLOCK_SHIFT_MS`. What SQLite and the system say of the time is not. */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + shiftMs;
  }
} as DateConstructor;
