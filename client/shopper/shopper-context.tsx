import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import type { Settings } from '../offline/database.ts';
import { saveSetting } from '../offline/settings.ts';

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
  setSync(sync: boolean): Promise<void>;
}

const ShopperContext = createContext<Shopper | null>(null);

export function ShopperProvider({ settings, children }: { settings: Settings; children: ReactNode }) {
  const [id, setId] = useState(settings.shopper_id);
  const [sync, setSync] = useState(settings.sync);
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
        await saveSetting('sync', next);
        setSync(next);
      },
    };
  }, [id, sync, settings.device.id]);
  return <ShopperContext value={shopper}>{children}</ShopperContext>;
}

export function useShopper(): Shopper {
  const shopper = use(ShopperContext);
  if (shopper === null) throw new Error('useShopper needs a ShopperProvider around it');
  return shopper;
}
