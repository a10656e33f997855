import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { formatDay } from '../../ui/format-day.ts';
import { formatMoney } from '../../ui/format-money.ts';
import page from '../../ui/page.module.css';
import { availabilityLabel } from '../availability.ts';
import { CURRENCY } from '../currency.ts';
import { currenciesToDraw, lowestPriceSteps, type PriceObservation, stepsSince, summarize } from './lowest-price.ts';
import styles from './price-history.module.css';
import { StepChart } from './step-chart.tsx';

const DAY_MS = 86_400_000;
const RANGES = [
  { name: '1 month', days: 30 },
  { name: '3 months', days: 91 },
  { name: '1 year', days: 365 },
  { name: 'All', days: null },
] as const;
type RangeName = (typeof RANGES)[number]['name'];

/** Enough to read; the API gives all. */
const MAX_TABLE_ROWS = 200;

/** The lowest price over time, as a line and as a table. */
export default function PriceHistory({ history }: { history: PriceObservation[] }) {
  const [rangeName, setRangeName] = useState<RangeName>('3 months');
  const [untilMs] = useState(() => Date.now());
  const currencies = currenciesToDraw(history, CURRENCY);
  const [chosen, setChosen] = useState<string | null>(null);
  const currency = currencies.find((known) => known === chosen) ?? currencies[0];
  if (currency === undefined) {
    return (
      <section className={page.section}>
        <h2>Price history</h2>
        <p className={page.note}>
          Nobody has compared this product yet. Each comparison adds what the shops ask today.
        </p>
      </section>
    );
  }
  const drawn = history.filter((seen) => seen.price.currency === currency);
  const nShops = new Set(drawn.map(({ shop }) => shop)).size;
  const days = RANGES.find(({ name }) => name === rangeName)?.days ?? null;
  const all = lowestPriceSteps(drawn, untilMs);
  const steps = days === null ? all : stepsSince(all, untilMs - days * DAY_MS);
  const summary = summarize(steps);
  return (
    <section className={page.section}>
      <header className={styles.header}>
        <h2>Price history</h2>
        <ToggleButtonGroup
          size="small"
          exclusive
          value={rangeName}
          aria-label="Time shown"
          onChange={(_event, name: RangeName | null) => name !== null && setRangeName(name)}
        >
          {RANGES.map(({ name }) => (
            <ToggleButton key={name} value={name} sx={{ paddingInline: 1.5 }}>
              {name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </header>
      {currencies.length > 1 && (
        <div className={styles.currencies}>
          <ToggleButtonGroup
            size="small"
            exclusive
            value={currency}
            aria-label="Currency shown"
            onChange={(_event, next: string | null) => next !== null && setChosen(next)}
          >
            {currencies.map((each) => (
              <ToggleButton key={each} value={each} sx={{ paddingInline: 1.5 }}>
                {each}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <p className={page.note}>
            As {nShops === 1 ? 'one shop' : `${nShops} shops`} asked in {currency}, without shipping. Other shops ask in
            another currency, and nothing is converted here.
          </p>
        </div>
      )}
      {summary === null ? (
        <p className={page.note}>No shop had it in this time.</p>
      ) : (
        <>
          <dl className={styles.summary}>
            <div>
              <dt>Lowest</dt>
              <dd>
                {formatMoney({ amount: summary.lowest.amount, currency })}{' '}
                <span className={page.note}>on {formatDay(summary.lowest.atMs)}</span>
              </dd>
            </div>
            <div>
              <dt>Median</dt>
              <dd>{formatMoney({ amount: summary.median, currency })}</dd>
            </div>
          </dl>
          <StepChart steps={steps} summary={summary} currency={currency} />
        </>
      )}
      <details className={styles.details}>
        <summary>All {history.length} observations as a table</summary>
        <ObservationTable history={history} />
      </details>
    </section>
  );
}

function ObservationTable({ history }: { history: PriceObservation[] }) {
  const newestFirst = [...history].sort((a, b) => (a.observed_at < b.observed_at ? 1 : -1)).slice(0, MAX_TABLE_ROWS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.scroll} tabIndex={0} aria-label="Observed prices">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Observed</th>
            <th scope="col">Shop</th>
            <th scope="col">Stock</th>
            <th scope="col">Price</th>
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((seen) => (
            <tr key={`${seen.shop} ${seen.observed_at} ${seen.price.amount}`}>
              <td>
                {new Date(seen.observed_at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
              </td>
              <td>{seen.shop}</td>
              <td>{availabilityLabel(seen.availability).text}</td>
              <td>{formatMoney(seen.price)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
