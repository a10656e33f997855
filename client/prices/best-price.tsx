import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import styles from './best-price.module.css';
import { comparisonQuery } from './comparison-query.ts';
import { OFFERS_ID } from './comparison-section.tsx';
import { formatMoney } from './format-money.ts';
import { offersOfProduct } from './offers-of-product.ts';

interface BestPriceProps {
  query: string;
  currency: string;
  productId: string;
}

/** The best deal in one line, beside the product; the offers themselves stand further down. */
export function BestPrice({ query, currency, productId }: BestPriceProps) {
  const { data, isFetching } = useQuery(comparisonQuery(query, currency));
  if (data === undefined && isFetching) return <Asking />;
  if (data === undefined) return null;
  const { best, offers, isUncertain } = offersOfProduct(data, productId);
  if (best === null || isUncertain) return isFetching ? <Asking /> : null;
  const offer = offers.find(({ url }) => url === best.url);
  return (
    <p className={styles.best}>
      <span className={styles.total}>{formatMoney(best.total)}</span>
      <span className={styles.where}>
        at {best.shop_name}, {offer?.shipping == null ? 'plus unknown shipping' : 'with shipping'} ·{' '}
        <a href={`#${OFFERS_ID}`}>{offers.length === 1 ? 'the only offer' : `all ${offers.length} offers`}</a>
      </span>
    </p>
  );
}

function Asking() {
  return (
    <p className={styles.best} aria-hidden="true">
      <Skeleton width={150} className={styles.total} />
      <Skeleton width={240} className={styles.where} />
    </p>
  );
}
