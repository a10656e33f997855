import Skeleton from '@mui/material/Skeleton';
import { formatMoney } from '../ui/format-money.ts';
import { Time } from '../ui/time.tsx';
import styles from './best-price.module.css';
import { OFFERS_ID } from './comparison-section.tsx';
import type { Currency } from './currency.ts';
import { finishedComparison } from './live-comparison.ts';
import { offersOfProduct } from './offers-of-product.ts';
import { useComparison } from './use-comparison.ts';

interface BestPriceProps {
  query: string;
  currency: Currency;
  productId: string;
}

/** The best deal in one line, with a link to the offers further down. */
export function BestPrice({ query, currency, productId }: BestPriceProps) {
  const { live, isAsking, saved, isReadingSaved } = useComparison(query, currency);
  const shown = saved === null ? live : finishedComparison(saved.comparison);
  if (shown === undefined) return isAsking || isReadingSaved ? <Asking /> : null;
  const { best, offers, isUncertain } = offersOfProduct(shown, productId);
  if (best === null || isUncertain) return isAsking ? <Asking /> : null;
  const offer = offers.find(({ url }) => url === best.url);
  const amount = best.total ?? offer?.price;
  return (
    <p className={styles.best}>
      {amount && <span className={styles.total}>{formatMoney(amount)}</span>}
      <span className={styles.where}>
        at {best.shop_name}, {offer?.shipping == null ? 'plus unknown shipping' : 'with shipping'} ·{' '}
        <a href={`#${OFFERS_ID}`}>{offers.length === 1 ? 'the only offer' : `all ${offers.length} offers`}</a>
        {saved !== null && (
          <>
            {' '}
            · seen <Time at={new Date(saved.saved_at)} />
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
