import { useId, useMemo } from 'react';
import { COUNTRIES } from '../../../shared/prices/countries.ts';
import { LANGUAGE } from '../../ui/language.ts';
import { isCountry, setShipTo, useShipTo } from './ship-to.ts';
import styles from './ship-to-field.module.css';

/** The country that offers are sent to. Shipping, and so the ranking, depends on it. Kept on this device. */
export function ShipToField() {
  const field = useId();
  const shipTo = useShipTo();
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(LANGUAGE, { type: 'region' });
    return COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
      a.name.localeCompare(b.name, LANGUAGE),
    );
  }, []);
  return (
    <p className={styles.field}>
      <label htmlFor={field}>Ship to</label>
      <select
        id={field}
        value={shipTo ?? ''}
        onChange={({ target: { value } }) => setShipTo(isCountry(value) ? value : null)}
      >
        <option value="">any country</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </p>
  );
}
