import styles from './sparkline.module.css';

interface SparklineProps {
  /** At least one. */
  values: readonly number[];
  /** The same in words, for screen readers. */
  label: string;
}

/** A line from the highest to the lowest value, without axes. */
export function Sparkline({ values, label }: SparklineProps) {
  const highest = Math.max(...values);
  const lowest = Math.min(...values);
  const range = highest - lowest || 1;
  const points = values.map((value, i) => {
    const x = values.length === 1 ? 0 : (100 * i) / (values.length - 1);
    return `${x.toFixed(2)},${((100 * (highest - value)) / range).toFixed(2)}`;
  });
  return (
    <svg viewBox="0 -4 100 108" preserveAspectRatio="none" className={styles.sparkline} role="img" aria-label={label}>
      <polyline points={points.join(' ')} />
    </svg>
  );
}
