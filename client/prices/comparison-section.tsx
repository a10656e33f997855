import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { BestDeal, ComparedOffer } from '../../shared/api/comparison.ts';
import page from '../app/page.module.css';
import { EmptyState, ErrorState } from '../app/states.tsx';
import { SavedNote } from '../offline/saved-note.tsx';
import { comparisonQuery, savedComparisonQuery } from './comparison-query.ts';
import styles from './comparison-section.module.css';
import { finishedComparison, type LiveComparison, NOTHING_YET } from './live-comparison.ts';
import { OfferRow, OfferRowSkeleton } from './offer-row.tsx';
import { offersOfProduct } from './offers-of-product.ts';
import { ShopFailures } from './shop-failures.tsx';
import { useListMotion } from './use-list-motion.ts';

/** Where the offers stand on a product's page. */
export const OFFERS_ID = 'offers';

/** Rows that are kept free before the first shop has answered. */
const N_PLACEHOLDERS = 4;

/** A general query finds many; whoever wants a headphone does not read seventy rows. */
const N_SHOWN = 15;

interface ComparisonSectionProps {
  /** What the shops are asked for. */
  query: string;
  currency: string;
  /** Offers of this product come first, the others apart; null: any offer that fits the query. */
  productId: string | null;
}

/** What all shops ask, arriving live; what this device last saw where they cannot be asked. */
export function ComparisonSection({ query, currency, productId }: ComparisonSectionProps) {
  const { data, error, isFetching, refetch } = useQuery(comparisonQuery(query, currency));
  const saved = useQuery({ ...savedComparisonQuery(query, currency), enabled: error !== null && !data?.finished });
  const retry = () => void refetch();

  if (error !== null && !isFetching && !data?.finished) {
    if (saved.data) {
      return (
        <section className={styles.section} id={OFFERS_ID} aria-label="Prices">
          <Offers live={finishedComparison(saved.data.comparison)} asking={false} productId={productId} onRetry={retry}>
            <SavedNote savedAt={new Date(saved.data.saved_at)} />
          </Offers>
        </section>
      );
    }
    return (
      <section className={styles.section} id={OFFERS_ID} aria-label="Prices">
        <h2>Prices</h2>
        {saved.isPending ? null : <ErrorState error={error} onRetry={retry} />}
      </section>
    );
  }
  return (
    <section className={styles.section} id={OFFERS_ID} aria-label="Prices">
      <Offers live={data ?? NOTHING_YET} asking={isFetching} productId={productId} onRetry={retry} />
    </section>
  );
}

interface OffersProps {
  live: LiveComparison;
  /** Shops are being asked right now. */
  asking: boolean;
  productId: string | null;
  onRetry: () => void;
  children?: ReactNode;
}

function Offers({ live, asking, productId, onRetry, children }: OffersProps) {
  const { offers, unmatched, others, best, isUncertain } = offersOfProduct(live, productId);
  const { failures, finished } = live;

  return (
    <>
      <header className={styles.header}>
        <h2>{headline(live, offers, asking)}</h2>
        {children}
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
        <NoOffers nFailures={failures.length} onRetry={onRetry} />
      ) : (
        <OfferList label="Offers by total price" offers={offers} best={best} asking={asking} />
      )}
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
}

function headline(live: LiveComparison, offers: ComparedOffer[], asking: boolean): string {
  if (live.nAnswered === 0) return asking ? 'Asking the shops …' : 'Prices';
  if (asking) return `${live.nAnswered} shops have answered so far …`;
  const nShops = new Set(offers.map((offer) => offer.shop)).size;
  return `${offers.length} ${offers.length === 1 ? 'offer' : 'offers'} from ${nShops} ${nShops === 1 ? 'shop' : 'shops'}`;
}

interface OfferListProps {
  label: string;
  offers: ComparedOffer[];
  best: BestDeal | null;
  asking: boolean;
}

function OfferList({ label, offers, best, asking }: OfferListProps) {
  const [all, setAll] = useState(false);
  const list = useListMotion<HTMLOListElement>();
  const nPlaceholders = asking ? Math.max(1, N_PLACEHOLDERS - offers.length) : 0;
  // The best deal is always among those shown, also where cheaper ones are sold out.
  const shown = all ? offers : offers.filter((offer, i) => i < N_SHOWN || offer.url === best?.url);
  return (
    <>
      <div className={styles.frame}>
        <div className={styles.progress} data-asking={asking} aria-hidden="true" />
        <ol className={styles.list} ref={list} aria-label={label} aria-busy={asking}>
          {shown.map((offer) => (
            <OfferRow key={offer.url} offer={offer} best={offer.url === best?.url ? best : null} />
          ))}
          {Array.from({ length: nPlaceholders }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: these have nothing else, and never move
            <OfferRowSkeleton key={i} />
          ))}
        </ol>
      </div>
      {offers.length > shown.length && (
        <Button variant="outlined" sx={{ justifySelf: 'start' }} onClick={() => setAll(true)}>
          Show {offers.length - shown.length} more
        </Button>
      )}
    </>
  );
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

function NoOffers({ nFailures, onRetry }: { nFailures: number; onRetry: () => void }) {
  return (
    <EmptyState
      icon="search"
      title={nFailures > 0 ? 'No offers so far' : 'None of the shops we know has it'}
      action={
        nFailures > 0 ? (
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
      {nFailures > 0
        ? 'Some shops did not answer, so there may be offers that we do not see.'
        : 'Try fewer or more general words, such as the brand and the model alone.'}
    </EmptyState>
  );
}
