import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { YourDevices } from '../devices/your-devices.tsx';
import { InstallButton } from '../pwa/install-button.tsx';
import { EngineDetails } from '../recommender/engine/engine-details.tsx';
import { ENGINE_ID } from '../recommender/engine/engine-in-use.ts';
import { useOnDevice } from '../recommender/page/on-device.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import { ShopperSwitch } from '../shopper/shopper-switch.tsx';
import page from '../ui/page.module.css';
import { ColorModeSwitch } from '../ui/theme/color-mode-switch.tsx';
import { YourData } from '../your-data/your-data.tsx';
import { ActivityList } from './activity-list.tsx';
import { OutboxList } from './outbox-list.tsx';
import styles from './you-page.module.css';

/** `/you`: who is shopping, what they did here, what has reached the server, and how it looks. */
export default function YouPage() {
  const shopper = useShopper();
  return (
    <>
      <title>You – Magpie</title>
      <header className={page.heading}>
        <h1>{shopper.name}</h1>
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <section className={styles.panel}>
            <h2>Rated and bought on this device</h2>
            <ActivityList />
          </section>
          <section className={styles.panel}>
            <h2>Sync</h2>
            <SyncSwitch />
            <OutboxList />
          </section>
          <section className={styles.panel}>
            <h2>Your data</h2>
            <YourData />
          </section>
        </div>
        <div className={styles.column}>
          <section className={styles.panel}>
            <h2>Who is shopping</h2>
            <ShopperSwitch />
          </section>
          <section className={styles.panel}>
            <h2>Your devices</h2>
            <YourDevices />
          </section>
          <section className={styles.panel}>
            <h2>Appearance</h2>
            <ColorModeSwitch />
          </section>
          <section className={styles.panel} id={ENGINE_ID}>
            <h2>What computes your recommendations</h2>
            <EngineDetails />
          </section>
          <InstallButton />
        </div>
      </div>
    </>
  );
}

function SyncSwitch() {
  const shopper = useShopper();
  const { phase } = useOnDevice();
  if (shopper.kind === 'demo') {
    return <p className={page.note}>Demo shoppers are public: whatever they do goes to the server.</p>;
  }
  return (
    <>
      <FormControlLabel
        label="Send what I do to this server"
        control={<Switch checked={shopper.syncs} onChange={(_event, on) => void shopper.setSync(on)} />}
      />
      <p className={page.note}>
        {shopper.syncs
          ? 'The server uses it to recommend. Switching it off keeps what comes next on this device.'
          : phase === 'ready'
            ? 'Everything stays on this device, which computes your recommendations by itself.'
            : 'Everything stays on this device, and the server can recommend only what is popular.'}
      </p>
    </>
  );
}
