import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useShopper } from '../shopper/shopper-context.tsx';
import { itemActivityQuery } from './queries.ts';
import { type ActivityItem, useRecord } from './use-record.ts';

/** A shorter stay is passing by on the way to another product. */
const LOOKED_AT_MS = 2_000;
/** A return within half an hour is the same look. */
const SAME_LOOK_MS = 30 * 60_000;

/** Records that the shopper looked at this item, once per half hour. */
export function useRecordView(item: ActivityItem): void {
  const shopper = useShopper();
  const record = useRecord();
  const { data } = useQuery(itemActivityQuery(shopper.id, item.id));
  const latest = useRef(item);
  latest.current = item;
  const isKnown = data !== undefined;
  const lastLook = data?.view?.occurred_at;
  useEffect(() => {
    if (!isKnown) return;
    if (lastLook !== undefined && Date.now() - Date.parse(lastLook) < SAME_LOOK_MS) return;
    const timer = setTimeout(() => void record('view', latest.current, 1), LOOKED_AT_MS);
    return () => clearTimeout(timer);
  }, [record, isKnown, lastLook]);
}
