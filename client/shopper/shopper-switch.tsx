import Button from '@mui/material/Button';
import { type FormEvent, useId, useState } from 'react';
import { N_DEMO_SHOPPERS, useShopper } from './shopper-context.tsx';
import styles from './shopper-switch.module.css';

/** Shop as this device, or through the eyes of one of the demo's shoppers. */
export function ShopperSwitch({ onSwitched }: { onSwitched?: () => void }) {
  const shopper = useShopper();
  const field = useId();
  const [number, setNumber] = useState(shopper.kind === 'demo' ? shopper.id : '');

  async function change(id: string): Promise<void> {
    await shopper.switchTo(id);
    onSwitched?.();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void change(String(Number(number)));
  }

  return (
    <div className={styles.switch}>
      <p>
        Shopping as <strong>{shopper.kind === 'device' ? 'yourself, on this device' : shopper.name}</strong>
      </p>
      {shopper.kind === 'demo' && (
        <Button variant="contained" onClick={() => void change(shopper.deviceId)}>
          Be yourself again
        </Button>
      )}
      <form onSubmit={submit} className={styles.form}>
        <label htmlFor={field}>See it as a demo shopper (1 to {N_DEMO_SHOPPERS.toLocaleString()})</label>
        <div>
          <input
            id={field}
            type="number"
            inputMode="numeric"
            min={1}
            max={N_DEMO_SHOPPERS}
            step={1}
            required
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
          <Button type="submit" variant="outlined">
            Switch
          </Button>
        </div>
      </form>
    </div>
  );
}
