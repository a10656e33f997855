import { useQuery } from '@tanstack/react-query';
import type { SavedComparison } from '../offline/schema.ts';
import { comparisonQuery } from './comparison-query.ts';
import type { Currency } from './currency.ts';
import type { LiveComparison } from './live-comparison.ts';
import { savedComparison } from './saved-comparisons.ts';
import { type Country, useShipTo } from './ship-to/ship-to.ts';

interface ComparisonInView {
  /** undefined: no shop has answered yet. */
  live: LiveComparison | undefined;
  /** Shops are being asked right now. */
  isAsking: boolean;
  /** Why the shops could not be asked to the end; null while they are asked, and where they were. */
  failure: Error | null;
  /** After a failure, what this device last saw; null: nothing. */
  saved: SavedComparison | null;
  isReadingSaved: boolean;
  /** The country that shipping is asked for. */
  shipTo: Country | null;
  retry: () => void;
}

/** Compares for the shopper's country, live. Where the shops cannot be asked, reads what this device last saw. */
export function useComparison(query: string, currency: Currency): ComparisonInView {
  const shipTo = useShipTo();
  const { data: live, error, isFetching: isAsking, refetch } = useQuery(comparisonQuery(query, currency, shipTo));
  const hasFailed = error !== null && !isAsking && !live?.finished;
  const saved = useQuery({
    queryKey: ['saved-comparison', query, currency],
    queryFn: () => savedComparison(query, currency),
    enabled: hasFailed,
  });
  return {
    live,
    isAsking,
    failure: hasFailed ? error : null,
    saved: hasFailed ? (saved.data ?? null) : null,
    isReadingSaved: hasFailed && saved.isPending,
    shipTo,
    retry: () => void refetch(),
  };
}
