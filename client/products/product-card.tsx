import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { WireMoney } from '../../shared/prices/money/money.ts';
import { formatMoney } from '../ui/format-money.ts';
import { Picture } from './picture.tsx';
import styles from './product-card.module.css';

interface ProductCardProps {
  id: string;
  title: string;
  image: string | null;
  category: string | null;
  /** What its maker asks; what shops ask is found out on its page. */
  listPrice: WireMoney | null;
  eager?: boolean;
  /** Why it is here, e.g. "Because you bought …". */
  reason?: ReactNode;
  /** Controls beneath, outside the link. */
  children?: ReactNode;
}

/** One product in a grid; the whole card leads to its page. */
export function ProductCard({
  id,
  title,
  image,
  category,
  listPrice,
  eager = false,
  reason,
  children,
}: ProductCardProps) {
  return (
    <li className={styles.card}>
      <Link to={`/product/${encodeURIComponent(id)}`} className={styles.link}>
        <Picture src={image} alt="" eager={eager} />
        <span className={styles.title}>{title}</span>
        {category !== null && <span className={styles.category}>{category}</span>}
        {listPrice !== null && (
          <span className={styles.price}>
            <strong>{formatMoney(listPrice)}</strong> <span className={styles.category}>list price</span>
          </span>
        )}
        {reason !== undefined && <span className={styles.reason}>{reason}</span>}
      </Link>
      {children}
    </li>
  );
}
