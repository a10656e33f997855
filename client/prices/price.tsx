import type { WireMoney } from '../../shared/prices/money.ts';
import { percentBelow } from './decimal.ts';
import { formatMoney } from './format-money.ts';
import styles from './price.module.css';

interface PriceProps {
  price: WireMoney;
  /** Struck through, where it lies above the price. */
  listPrice?: WireMoney | null;
  size?: 'card' | 'page';
}

/** A price, and what it was before where that is more. */
export function Price({ price, listPrice = null, size = 'card' }: PriceProps) {
  const saving =
    listPrice !== null && listPrice.currency === price.currency ? percentBelow(price.amount, listPrice.amount) : 0;
  return (
    <span className={styles.prices}>
      <span className={size === 'page' ? styles.large : styles.price}>{formatMoney(price)}</span>
      {listPrice !== null && saving > 0 && (
        <>
          <s className={styles.before}>
            <span className="visually-hidden">List price </span>
            {formatMoney(listPrice)}
          </s>
          <span className={styles.saving}>−{saving}%</span>
        </>
      )}
    </span>
  );
}
