import type { WatchRecord } from '../store/store.ts';

/**
 * A watch after the shops were asked for it.
 * @param best the best offer now; null: no shop has it.
 */
export function afterCheck(watch: WatchRecord, best: WatchRecord['last'], now: Date): WatchRecord {
  const { lowest, target } = watch;
  const isLowest = best !== null && (lowest === null || best.total.minor < lowest.total.minor);
  const checked = {
    ...watch,
    checkedAt: now,
    last: best,
    lowest: isLowest ? { total: best.total, observedAt: now } : lowest,
  };
  if (target === null) {
    // The first price that is seen is no news.
    return { ...checked, triggeredAt: isLowest && lowest !== null ? now : watch.triggeredAt };
  }
  const isReached = best !== null && best.total.minor <= target.minor;
  return { ...checked, triggeredAt: isReached ? (watch.triggeredAt ?? now) : null };
}
