import { queryOptions } from '@tanstack/react-query';
import { startJob } from '../api/http.ts';
import { jobEvents } from '../api/job-events.ts';
import type { Currency } from './currency.ts';
import { afterEvent, type LiveComparison, NOTHING_YET } from './live-comparison.ts';
import { saveComparison } from './saved-comparisons.ts';
import type { Country } from './ship-to/ship-to.ts';

/** A return to a product within a minute does not ask the shops again. The server keeps an answer for longer. */
const FRESH_MS = 60_000;

/** A comparison that fills up while its shops answer: the cached data grows with each message of the job. */
export function comparisonQuery(query: string, currency: Currency, shipTo: Country | null) {
  return queryOptions({
    queryKey: ['comparison', query, currency, shipTo],
    staleTime: FRESH_MS,
    // Shops are asked when a product is opened, not whenever a window comes to the front.
    refetchOnWindowFocus: false,
    queryFn: async ({ client, queryKey, signal }): Promise<LiveComparison> => {
      const asked = { product: query, currency };
      const given = { query: shipTo === null ? asked : { ...asked, ship_to: shipTo }, signal };
      const jobId = await startJob('/compare_price', given);
      // A finished comparison stays until the next one is finished.
      const isRepeated = client.getQueryData<LiveComparison>(queryKey)?.finished != null;
      let live = NOTHING_YET;
      for await (const events of jobEvents(jobId, ['shop_so_far', 'shop'], signal)) {
        live = events.reduce(afterEvent, live);
        if (!isRepeated) client.setQueryData(queryKey, live);
      }
      if (live.finished !== null) await saveComparison(query, live.finished);
      return live;
    },
  });
}
