import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../api/http.ts';
import { jobEvents } from '../api/job-events.ts';
import { ACCEPTED_JOB } from '../api/shapes.ts';
import { afterEvent, type LiveComparison, NOTHING_YET } from './live-comparison.ts';
import { saveComparison } from './saved-comparisons.ts';

/** A return to a product within a minute does not ask the shops again. The server keeps an answer for longer. */
const FRESH_MS = 60_000;

/** A comparison that fills up while its shops answer: the cached data grows with each message of the job. */
export function comparisonQuery(query: string, currency: string, shipTo: string | null) {
  return queryOptions({
    queryKey: ['comparison', query, currency, shipTo],
    staleTime: FRESH_MS,
    // Shops are asked when a product is opened, not whenever a window comes to the front.
    refetchOnWindowFocus: false,
    queryFn: async ({ client, queryKey, signal }): Promise<LiveComparison> => {
      const parameters = new URLSearchParams({ product: query, currency, async: 'true' });
      if (shipTo !== null) parameters.set('ship_to', shipTo);
      const { data } = await getJson(`/compare_price?${parameters}`, ACCEPTED_JOB, signal);
      // A finished comparison stays until the next one is finished.
      const isRepeated = client.getQueryData<LiveComparison>(queryKey)?.finished != null;
      let live = NOTHING_YET;
      for await (const events of jobEvents(data.job_id, ['shop_so_far', 'shop'], signal)) {
        live = events.reduce(afterEvent, live);
        if (!isRepeated) client.setQueryData(queryKey, live);
      }
      if (live.finished !== null) await saveComparison(query, live.finished);
      return live;
    },
  });
}
