import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ProductCard as CardOfProduct } from '../../shared/api/device-model.ts';
import { productPath } from '../page-paths.ts';
import { formatMoney } from '../ui/format-money.ts';
import { Picture } from './picture.tsx';
import styles from './product-card.module.css';

interface ProductCardProps {
  product: CardOfProduct;
  /** Whether its picture loads at once. */
  eager?: boolean;
  /** Why it is here, e.g. "Because you bought …". */
  reason?: ReactNode;
  /** Controls beneath, outside the link. */
  children?: ReactNode;
}

/** One product in a grid; the whole card leads to its page. Shops' own prices are on that page. */
export function ProductCard({ product, eager = false, reason, children }: ProductCardProps) {
  const { product_id, title, image, category, list_price } = product;
  return (
    <li className={styles.card}>
      <Link to={productPath(product_id)} className={styles.link}>
        <Picture src={image} alt="" eager={eager} />
        <span className={styles.title}>{title}</span>
        {category !== null && <span className={styles.category}>{category}</span>}
        {list_price !== null && (
          <span className={styles.price}>
            <strong>{formatMoney(list_price)}</strong> <span className={styles.category}>list price</span>
          </span>
        )}
        {reason !== undefined && <span className={styles.reason}>{reason}</span>}
      </Link>
      {children}
    </li>
  );
}
