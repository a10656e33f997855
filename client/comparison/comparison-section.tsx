import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { ComparedOffer } from '../../shared/api/comparison.ts';
import { SavedNote } from '../offline/saved-note.tsx';
import page from '../ui/page.module.css';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { comparisonQuery, savedComparisonQuery } from './comparison-query.ts';
import styles from './comparison-section.module.css';
import { finishedComparison, type LiveComparison, NOTHING_YET } from './live-comparison.ts';
import { OfferList } from './offers/offer-list.tsx';
import { offersOfProduct } from './offers-of-product.ts';
import { useShipTo } from './ship-to/ship-to.ts';
import { ShipToField } from './ship-to/ship-to-field.tsx';
import { ShopFailures } from './shop-failures.tsx';

/** Where the offers stand on a product's page. */
export const OFFERS_ID = 'offers';

interface ComparisonSectionProps {
  /** What the shops are asked for. */
  query: string;
  currency: string;
  /** Offers of this product come first, the others apart; null: any offer that fits the query. */
  productId: string | null;
  /** What may be asked for instead, where nothing is found. */
  otherWords?: string | null;
}

/** What all shops ask, arriving live; what this device last saw where they cannot be asked. */
export function ComparisonSection({ query, currency, ...shown }: ComparisonSectionProps) {
  const shipTo = useShipTo();
  const { data, error, isFetching, refetch } = useQuery(comparisonQuery(query, currency, shipTo));
  const hasFailed = error !== null && !isFetching && !data?.finished;
  const saved = useQuery({ ...savedComparisonQuery(query, currency), enabled: hasFailed });
  const offers = { ...shown, onRetry: () => void refetch() };

  function content(): ReactNode {
    if (!hasFailed) return <Offers live={data ?? NOTHING_YET} asking={isFetching} {...offers} />;
    if (data !== undefined && data.offers.length > 0) {
      return (
        <>
          <Offers live={data} asking={false} {...offers} />
          <ErrorState error={error} onRetry={offers.onRetry} />
        </>
      );
    }
    if (saved.data) {
      return (
        <Offers live={finishedComparison(saved.data.comparison)} asking={false} {...offers}>
          <SavedNote savedAt={new Date(saved.data.saved_at)} />
          {(saved.data.comparison.ship_to ?? null) !== shipTo && (
            <p className={page.note}>Shipping is not for the country that you have chosen since.</p>
          )}
        </Offers>
      );
    }
    return (
      <>
        <h2>Prices</h2>
        {saved.isPending ? null : <ErrorState error={error} onRetry={offers.onRetry} />}
      </>
    );
  }

  return (
    <section className={styles.section} id={OFFERS_ID} aria-label="Prices">
      {content()}
    </section>
  );
}

interface OffersProps {
  live: LiveComparison;
  /** Shops are being asked right now. */
  asking: boolean;
  productId: string | null;
  otherWords?: string | null;
  onRetry: () => void;
  children?: ReactNode;
}

function Offers({ live, asking, productId, otherWords = null, onRetry, children }: OffersProps) {
  const { offers, unmatched, others, best, isUncertain } = useMemo(
    () => offersOfProduct(live, productId),
    [live, productId],
  );
  const { failures, finished } = live;

  const after = (
    <>
      <ShopFailures failures={failures} asking={asking} onRetry={onRetry} />
      {unmatched.length > 0 && (
        <>
          <h2>May be the same product</h2>
          <p className={page.note}>
            These could not be matched to this product for certain: please compare the titles.
          </p>
          <OfferList label="Offers that may be of this product" offers={unmatched} best={null} asking={false} />
        </>
      )}
      {others.length > 0 && <OtherOffers offers={others} />}
      {finished?.rates_date && (
        <p className={page.note}>
          Converted with the exchange rates of{' '}
          {new Date(finished.rates_date).toLocaleDateString(undefined, { dateStyle: 'medium' })}.
        </p>
      )}
    </>
  );

  return (
    <>
      <header className={styles.header}>
        <h2>{headline(live, offers, asking)}</h2>
        {children}
        <ShipToField />
        <p className="visually-hidden" role="status">
          {asking ? 'Asking the shops' : `${offers.length} offers, ${failures.length} shops without an answer`}
        </p>
      </header>
      {isUncertain && (
        <p className={page.note}>
          We could not tell for certain that these are this very product: please compare the titles.
        </p>
      )}
      {offers.length === 0 && !asking ? (
        <NoOffers live={live} otherWords={otherWords} onRetry={onRetry} />
      ) : (
        <OfferList label="Offers by total price" offers={offers} best={best} asking={asking}>
          {after}
        </OfferList>
      )}
      {offers.length === 0 && !asking && after}
    </>
  );
}

function headline(live: LiveComparison, offers: ComparedOffer[], asking: boolean): string {
  if (asking && live.finished !== null) return 'Asking the shops again …';
  if (live.nAnswered === 0) return asking ? 'Asking the shops …' : 'Prices';
  if (asking) return `${live.nAnswered} shops have answered so far …`;
  const nShops = new Set(offers.map((offer) => offer.shop)).size;
  return `${offers.length} ${offers.length === 1 ? 'offer' : 'offers'} from ${nShops} ${nShops === 1 ? 'shop' : 'shops'}`;
}

function OtherOffers({ offers }: { offers: ComparedOffer[] }) {
  const [shown, setShown] = useState(false);
  if (shown) {
    return (
      <>
        <h2>Offers of similar products</h2>
        <OfferList label="Offers of similar products" offers={offers} best={null} asking={false} />
      </>
    );
  }
  return (
    <Button variant="outlined" sx={{ justifySelf: 'start' }} onClick={() => setShown(true)}>
      Show {offers.length} {offers.length === 1 ? 'offer' : 'offers'} of similar products
    </Button>
  );
}

interface NoOffersProps {
  live: LiveComparison;
  otherWords: string | null;
  onRetry: () => void;
}

function NoOffers({ live: { failures, finished }, otherWords, onRetry }: NoOffersProps) {
  const someFailed = failures.length > 0;
  return (
    <EmptyState
      icon="search"
      title={someFailed ? 'No offers so far' : 'None of the shops we know has it'}
      action={
        otherWords !== null ? (
          <Button variant="outlined" component={Link} to={`/compare?${new URLSearchParams({ q: otherWords })}`}>
            Ask for “{otherWords}” instead
          </Button>
        ) : someFailed ? (
          <Button variant="outlined" onClick={onRetry}>
            Ask them again
          </Button>
        ) : (
          <Button variant="outlined" component={Link} to="/search">
            Search for something else
          </Button>
        )
      }
    >
      {finished?.next_step ??
        (someFailed
          ? 'Some shops did not answer, so there may be offers that we do not see.'
          : 'Try fewer or more general words, such as the brand and the model alone.')}
    </EmptyState>
  );
}
