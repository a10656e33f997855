import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { shoppersQuery } from '../api/queries.ts';
import { useShopper } from './shopper-context.tsx';
import styles from './shopper-switch.module.css';

/** Shopping as this device, or, where the server has public shoppers, through the eyes of one of them. */
export function ShopperSwitch({ onSwitched }: { onSwitched?: () => void }) {
  const shopper = useShopper();
  const { data: shoppers } = useQuery(shoppersQuery);
  const others = shoppers?.data.public ?? null;
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
      {others !== null && (
        <form onSubmit={submit} className={styles.form}>
          <label htmlFor={field}>See it as a demo shopper ({range(others)})</label>
          <div>
            <input
              id={field}
              type="number"
              inputMode="numeric"
              min={others.first}
              max={others.last}
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
      )}
    </div>
  );
}

function range({ first, last }: { first: string; last: string }): string {
  return `${Number(first).toLocaleString()} to ${Number(last).toLocaleString()}`;
}
