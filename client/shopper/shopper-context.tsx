import { createContext, lazy, type ReactNode, Suspense, use, useCallback, useMemo, useState } from 'react';
import { readPrivate, turnSyncOn } from '../offline/outbox.ts';
import type { OutboxEntry, Settings } from '../offline/schema.ts';
import { saveSetting } from '../offline/settings.ts';

const SyncQuestion = lazy(() => import('./sync-question.tsx'));

export interface Shopper {
  /** What the API calls `user_id`. */
  id: string;
  kind: 'device' | 'demo';
  /** e.g. `You`, `Demo shopper 123` */
  name: string;
  deviceId: string;
  /** Whether what this shopper does is sent to the server. Demo shoppers are public and always are. */
  syncs: boolean;
  switchTo(id: string): Promise<void>;
  /** Turning it on asks first what becomes of what this device has kept private, where there is such. */
  setSync(sync: boolean): Promise<void>;
}

const ShopperContext = createContext<Shopper | null>(null);

export function ShopperProvider({ settings, children }: { settings: Settings; children: ReactNode }) {
  const [id, setId] = useState(settings.shopper_id);
  const [sync, setSync] = useState(settings.sync);
  const [kept, setKept] = useState<OutboxEntry[]>([]);

  const turnOn = useCallback(async (withKept: boolean): Promise<void> => {
    await turnSyncOn({ withKept });
    setSync(true);
  }, []);

  function answer(withKept: boolean | null): void {
    setKept([]);
    if (withKept !== null) void turnOn(withKept);
  }

  const shopper = useMemo<Shopper>(() => {
    const isDevice = id === settings.device.id;
    return {
      id,
      kind: isDevice ? 'device' : 'demo',
      name: isDevice ? 'You' : `Demo shopper ${id}`,
      deviceId: settings.device.id,
      syncs: !isDevice || sync,
      async switchTo(next) {
        await saveSetting('shopper_id', next);
        setId(next);
      },
      async setSync(next) {
        const found = next ? await readPrivate() : [];
        if (found.length > 0) setKept(found);
        else if (next) await turnOn(false);
        else {
          await saveSetting('sync', false);
          setSync(false);
        }
      },
    };
  }, [id, sync, settings.device.id, turnOn]);
  return (
    <ShopperContext value={shopper}>
      {children}
      <Suspense>{kept.length > 0 && <SyncQuestion kept={kept} onAnswer={answer} />}</Suspense>
    </ShopperContext>
  );
}

export function useShopper(): Shopper {
  const shopper = use(ShopperContext);
  if (shopper === null) throw new Error('useShopper needs a ShopperProvider around it');
  return shopper;
}
