import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { Reason } from '../../../shared/api/recommendations.ts';
import { readActivity } from '../../offline/activity.ts';
import { readOutbox } from '../../offline/outbox.ts';
import { type Shopper, useShopper } from '../../shopper/shopper-context.tsx';
import type { DeviceRecommendations, OwnEvent } from '../recommender-types.ts';
import { ownHistory } from './history.ts';
import { onDevice, useOnDevice } from './on-device.ts';
import { mergeOwnEvents } from './own-events.ts';

/** Two rows more than the home page shows at first sight. */
export const N_RECOMMENDED = 24;

/** Another device of the same shopper may record something meanwhile. */
const HISTORY_FRESH_MS = 5 * 60_000;

/** The server's events of this shopper. No request is sent for a shopper who does not sync. */
function historyQuery({ id, syncs }: Shopper) {
  return queryOptions({
    queryKey: ['history', id, syncs],
    queryFn: ({ signal }) => (syncs ? ownHistory(id, signal) : []),
    staleTime: HISTORY_FRESH_MS,
    retry: false,
  });
}

/** All events of this shopper that this device knows at this moment. */
async function readOwnEvents(client: QueryClient, shopper: Shopper): Promise<OwnEvent[]> {
  const [history, outbox, activity] = await Promise.all([
    client.fetchQuery(historyQuery(shopper)),
    readOutbox(),
    readActivity(shopper.id),
  ]);
  const unsent = [...outbox.waiting, ...outbox.held, ...outbox.rejected].flatMap((entry) =>
    'event' in entry ? [entry.event] : [],
  );
  return mergeOwnEvents({ history, unsent: unsent.filter(({ user_id }) => user_id === shopper.id), activity });
}

/** This device's recommendations, keyed under `activity` because they change with it. Null while this device has no model. */
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
    // The recommendations from before a rating stay until the new ones are there.
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

/** The shopper's own events that speak for a product. */
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

/** A product as this device's model knows it, for when the server cannot be reached. */
export function useDeviceProduct(productId: string, isWanted: boolean) {
  const { phase } = useOnDevice();
  return useQuery({
    queryKey: ['product on this device', productId, phase],
    queryFn: async () => (await onDevice().service?.product(productId)) ?? null,
    enabled: isWanted && phase === 'ready',
  });
}
