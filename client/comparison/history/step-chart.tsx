import { formatDay } from '../../ui/format-day.ts';
import { formatMoney } from '../../ui/format-money.ts';
import { compareAmounts } from '../decimal.ts';
import type { PriceStep, PriceSummary } from './lowest-price.ts';
import styles from './step-chart.module.css';

interface StepChartProps {
  /** At least one with a price. */
  steps: PriceStep[];
  summary: PriceSummary;
  currency: string;
}

/** Free space above the highest and below the lowest price, as a share of what lies between them. */
const MARGIN = 0.15;

/**
 * A step line: a price holds until it changes. Only positions are floats here; the labels are the amounts themselves. The
 * title says the same in one sentence, and a table has every observation.
 */
export function StepChart({ steps, summary, currency }: StepChartProps) {
  const amounts = steps.flatMap(({ amount }) => amount ?? []).sort(compareAmounts);
  const lowest = amounts.at(0) ?? summary.lowest.amount;
  const highest = amounts.at(-1) ?? summary.lowest.amount;
  const range = Number(highest) - Number(lowest) || Number(highest) * 0.1 || 1;
  const top = Number(highest) + range * MARGIN;
  const bottom = Number(lowest) - range * MARGIN;
  const fromMs = steps[0]?.fromMs ?? 0;
  const lengthMs = Math.max(1, (steps.at(-1)?.toMs ?? 0) - fromMs);

  // Per cent of the picture's width and height.
  const x = (ms: number) => (100 * (ms - fromMs)) / lengthMs;
  const y = (amount: string) => (100 * (top - Number(amount))) / (top - bottom);

  let path = '';
  let isGap = true;
  for (const { amount, fromMs: stepFrom, toMs } of steps) {
    if (amount === null) isGap = true;
    else {
      path += `${isGap ? 'M' : 'L'}${x(stepFrom).toFixed(2)} ${y(amount).toFixed(2)}H${x(toMs).toFixed(2)}`;
      isGap = false;
    }
  }
  const money = (amount: string) => formatMoney({ amount, currency });
  const isFlat = lowest === highest;
  return (
    <figure className={styles.figure}>
      <div className={styles.plot}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" className={styles.lines} role="img">
          <title>
            {`Lowest price from ${formatDay(fromMs)} until now: between ${money(lowest)} and ${money(highest)}, median ${money(summary.median)}.`}
          </title>
          <path className={styles.median} d={`M0 ${y(summary.median)}H100`} />
          <path className={styles.price} d={path} />
        </svg>
        <span
          aria-hidden="true"
          className={styles.lowest}
          style={{ insetInlineStart: `${x(summary.lowest.atMs)}%`, insetBlockStart: `${y(summary.lowest.amount)}%` }}
        />
        <div aria-hidden="true">
          <span className={styles.amount} style={{ insetBlockStart: `${y(highest)}%` }}>
            {money(highest)}
          </span>
          {!isFlat && (
            <span className={styles.amount} style={{ insetBlockStart: `${y(lowest)}%` }}>
              {money(lowest)}
            </span>
          )}
        </div>
      </div>
      <figcaption className={styles.caption} aria-hidden="true">
        <span>{formatDay(fromMs)}</span>
        <span className={styles.legend}>dashed: median</span>
        <span>today</span>
      </figcaption>
    </figure>
  );
}
