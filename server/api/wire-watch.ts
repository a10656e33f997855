import type { WireWatch } from '../../shared/api/watches.ts';
import { toWireMoney } from '../../shared/prices/money/money.ts';
import type { WatchRecord } from '../store/store.ts';

export function toWireWatch(watch: WatchRecord): WireWatch {
  const { kind, subject, target, last, lowest } = watch;
  return {
    watch_id: watch.id,
    user_id: watch.userId,
    product_id: kind === 'product' ? subject : null,
    query: kind === 'query' ? subject : null,
    currency: watch.currency,
    target: target && toWireMoney(target),
    created_at: watch.createdAt.toISOString(),
    checked_at: watch.checkedAt?.toISOString() ?? null,
    next_check_at: watch.nextCheckAt.toISOString(),
    last: last && { ...last, total: toWireMoney(last.total) },
    lowest: lowest && { total: toWireMoney(lowest.total), observed_at: lowest.observedAt.toISOString() },
    triggered_at: watch.triggeredAt?.toISOString() ?? null,
  };
}
