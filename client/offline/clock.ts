/**
 * The next instant of this device's hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014), in ms since
 * 1970: what the clock shows, but after all that this device has recorded or pulled. So a change that was made with another
 * one on the screen comes after it, also where one of two devices is a day off.
 */
export function nextInstantMs(latestMs: number, nowMs: number): number {
  return Math.max(nowMs, latestMs + 1);
}

interface Stamp {
  /** ISO 8601 instant, as `Date.toISOString` writes it. */
  at: string;
  id: string;
}

/** Whether one of two changes to the same thing is the later one, on every device alike. */
export function isLater(one: Stamp, other: Stamp): boolean {
  return one.at > other.at || (one.at === other.at && one.id > other.id);
}
