import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { Reason } from '../../../shared/api/recommendations.ts';
import { readActivity } from '../../activity/queries.ts';
import { readOutbox } from '../../offline/outbox.ts';
import { type Shopper, useShopper } from '../../shopper/shopper-context.tsx';
import type { DeviceRecommendations, OwnEvent } from '../recommender-types.ts';
import { ownHistory } from './history.ts';
import { onDevice, useOnDevice } from './on-device.ts';
import { mergeOwnEvents } from './own-events.ts';

/** Two rows more than the home page shows at first sight. */
export const N_RECOMMENDED = 24;

/** Another device of this shopper's may have done something meanwhile. */
const HISTORY_FRESH_MS = 5 * 60_000;

/** What the server knows of this shopper; nobody is asked about one who tells it nothing. */
function historyQuery({ id, syncs }: Shopper) {
  return queryOptions({
    queryKey: ['history', id, syncs],
    queryFn: ({ signal }) => (syncs ? ownHistory(id, signal) : []),
    staleTime: HISTORY_FRESH_MS,
    retry: false,
  });
}

/** Everything that this shopper did, as far as this device knows at this very moment. */
async function readOwnEvents(client: QueryClient, shopper: Shopper): Promise<OwnEvent[]> {
  const [history, outbox, activity] = await Promise.all([
    client.fetchQuery(historyQuery(shopper)),
    readOutbox(),
    readActivity(shopper.id),
  ]);
  const unsent = [...outbox.waiting, ...outbox.held, ...outbox.rejected].map(({ event }) => event);
  return mergeOwnEvents({ history, unsent: unsent.filter(({ user_id }) => user_id === shopper.id), activity });
}

/** What this device recommends to the shopper, keyed under `activity`: it changes with that. Null while it does not recommend. */
export function useDeviceRecommendations() {
  const shopper = useShopper();
  const { phase, revision } = useOnDevice();
  return useQuery({
    queryKey: ['activity', shopper.id, 'recommended on this device', shopper.syncs, revision],
    queryFn: async ({ client }): Promise<DeviceRecommendations | null> => {
      const { service } = onDevice();
      if (service === null) return null;
      const events = await readOwnEvents(client, shopper);
      await service.events(events);
      return service.recommend(N_RECOMMENDED, [...new Set(events.map(({ itemId }) => itemId))]);
    },
    enabled: phase === 'ready',
    // What was recommended before a rating stays until what follows from it is there.
    placeholderData: (before, query) => (query?.queryKey[1] === shopper.id ? before : undefined),
    staleTime: HISTORY_FRESH_MS,
  });
}

/** Products like this one, by this device's model; null where it has none or does not know the product. */
export function useDeviceSimilar(productId: string, n: number) {
  const { phase, revision } = useOnDevice();
  return useQuery({
    queryKey: ['similar on this device', productId, n, revision],
    queryFn: async () => (await onDevice().service?.similar(productId, n)) ?? null,
    enabled: phase === 'ready',
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What of the shopper's own speaks for a product. */
export function useDeviceReasons(productId: string) {
  const shopper = useShopper();
  const { phase, revision } = useOnDevice();
  return useQuery({
    queryKey: ['activity', shopper.id, 'reasons on this device', productId, revision],
    queryFn: async ({ client }): Promise<Reason[]> => {
      const { service } = onDevice();
      if (service === null) return [];
      await service.events(await readOwnEvents(client, shopper));
      return service.explain(productId);
    },
    enabled: phase === 'ready',
  });
}

/** What this device can show of a product by itself, where the server cannot be asked. */
export function useDeviceProduct(productId: string, isWanted: boolean) {
  const { phase } = useOnDevice();
  return useQuery({
    queryKey: ['product on this device', productId, phase],
    queryFn: async () => (await onDevice().service?.product(productId)) ?? null,
    enabled: isWanted && phase === 'ready',
  });
}
