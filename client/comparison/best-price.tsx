import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { formatMoney } from '../ui/format-money.ts';
import { Time } from '../ui/time.tsx';
import styles from './best-price.module.css';
import { comparisonQuery, savedComparisonQuery } from './comparison-query.ts';
import { OFFERS_ID } from './comparison-section.tsx';
import { finishedComparison } from './live-comparison.ts';
import { offersOfProduct } from './offers-of-product.ts';
import { useShipTo } from './ship-to/ship-to.ts';

interface BestPriceProps {
  query: string;
  currency: string;
  productId: string;
}

/** The best deal in one line, beside the product; the offers themselves stand further down. */
export function BestPrice({ query, currency, productId }: BestPriceProps) {
  const { data: live, error, isFetching } = useQuery(comparisonQuery(query, currency, useShipTo()));
  const hasFailed = error !== null && !isFetching && !live?.finished;
  const saved = useQuery({ ...savedComparisonQuery(query, currency), enabled: hasFailed });
  const data = hasFailed && saved.data ? finishedComparison(saved.data.comparison) : live;
  if (data === undefined && (isFetching || saved.isFetching)) return <Asking />;
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
        {hasFailed && saved.data && (
          <>
            {' '}
            · seen <Time at={new Date(saved.data.saved_at)} />
          </>
        )}
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
