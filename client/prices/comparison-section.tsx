import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { BestDeal, ComparedOffer } from '../../shared/api/comparison.ts';
import page from '../app/page.module.css';
import { EmptyState, ErrorState } from '../app/states.tsx';
import { SavedNote } from '../offline/saved-note.tsx';
import { canBeBought } from './availability.ts';
import { comparisonQuery, savedComparisonQuery } from './comparison-query.ts';
import styles from './comparison-section.module.css';
import { finishedComparison, type LiveComparison } from './live-comparison.ts';
import { OfferRow, OfferRowSkeleton } from './offer-row.tsx';
import { ShopFailures } from './shop-failures.tsx';
import { useListMotion } from './use-list-motion.ts';

/** Rows that are kept free before the first shop has answered. */
const N_PLACEHOLDERS = 4;

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
        <section className={page.section} aria-label="Prices">
          <Offers live={finishedComparison(saved.data.comparison)} asking={false} productId={productId} onRetry={retry}>
            <SavedNote savedAt={new Date(saved.data.saved_at)} />
          </Offers>
        </section>
      );
    }
    return (
      <section className={page.section} aria-label="Prices">
        <h2>Prices</h2>
        {saved.isPending ? null : <ErrorState error={error} onRetry={retry} />}
      </section>
    );
  }
  return (
    <section className={page.section} aria-label="Prices">
      <Offers live={data} asking={isFetching} productId={productId} onRetry={retry} />
    </section>
  );
}

interface OffersProps {
  live: LiveComparison | undefined;
  /** Shops are being asked right now. */
  asking: boolean;
  productId: string | null;
  onRetry: () => void;
  children?: ReactNode;
}

function Offers({ live, asking, productId, onRetry, children }: OffersProps) {
  const offers = live?.offers ?? [];
  const finished = live?.finished ?? null;
  const isOfProduct = (offer: ComparedOffer) => offer.product_id === productId;
  // Which offers are of this very product is known at the end only; if none is, all are shown, and that is said.
  const matched = finished === null || productId === null ? [] : offers.filter(isOfProduct);
  const main = matched.length > 0 ? matched : offers;
  const others = matched.length > 0 ? offers.filter((offer) => !isOfProduct(offer)) : [];
  const best = finished === null ? null : bestAmong(main, finished.best);
  const isUnmatched = productId !== null && finished !== null && matched.length === 0 && offers.length > 0;

  return (
    <>
      <header className={styles.header}>
        <h2>{headline(live, main, asking)}</h2>
        {children}
        <p className="visually-hidden" role="status">
          {asking ? 'Asking the shops' : `${main.length} offers, ${live?.failures.length ?? 0} shops without an answer`}
        </p>
      </header>
      {isUnmatched && (
        <p className={page.note}>
          We could not tell for certain that these are this very product: please compare the titles.
        </p>
      )}
      {main.length === 0 && !asking ? (
        <NoOffers nFailures={live?.failures.length ?? 0} onRetry={onRetry} />
      ) : (
        <OfferList label="Offers by total price" offers={main} best={best} asking={asking} />
      )}
      {live !== undefined && <ShopFailures failures={live.failures} asking={asking} onRetry={onRetry} />}
      {others.length > 0 && <OtherOffers offers={others} />}
      {finished?.rates_date && (
        <p className={page.note}>
          Converted with the exchange rates of {new Date(finished.rates_date).toLocaleDateString()}.
        </p>
      )}
    </>
  );
}

function headline(live: LiveComparison | undefined, offers: ComparedOffer[], asking: boolean): string {
  if (live === undefined || live.nAnswered === 0) return asking ? 'Asking the shops …' : 'Prices';
  if (asking) return `${live.nAnswered} shops have answered so far …`;
  const nShops = new Set(offers.map((offer) => offer.shop)).size;
  return `${offers.length} ${offers.length === 1 ? 'offer' : 'offers'} from ${nShops} ${nShops === 1 ? 'shop' : 'shops'}`;
}

/** The server's choice where it is among these; else the lowest total that can be had. */
function bestAmong(offers: ComparedOffer[], best: BestDeal | null): BestDeal | null {
  if (best !== null && offers.some((offer) => offer.url === best.url)) return best;
  const lowest = offers.find((offer) => canBeBought(offer.availability));
  if (lowest === undefined) return null;
  const { shop, shop_name, url, title, total } = lowest;
  return { shop, shop_name, url, title, total, reason: 'Lowest total of this product’s offers that are not sold out.' };
}

interface OfferListProps {
  label: string;
  offers: ComparedOffer[];
  best: BestDeal | null;
  asking: boolean;
}

function OfferList({ label, offers, best, asking }: OfferListProps) {
  const list = useListMotion<HTMLOListElement>();
  const nPlaceholders = asking ? Math.max(1, N_PLACEHOLDERS - offers.length) : 0;
  return (
    <div className={styles.frame}>
      <div className={styles.progress} data-asking={asking} aria-hidden="true" />
      <ol className={styles.list} ref={list} aria-label={label} aria-busy={asking}>
        {offers.map((offer) => (
          <OfferRow key={offer.url} offer={offer} best={offer.url === best?.url ? best : null} />
        ))}
        {Array.from({ length: nPlaceholders }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: these have nothing else, and never move
          <OfferRowSkeleton key={i} />
        ))}
      </ol>
    </div>
  );
}

function OtherOffers({ offers }: { offers: ComparedOffer[] }) {
  const [shown, setShown] = useState(false);
  if (shown) {
    return (
      <>
        <h2>Other offers that were found</h2>
        <OfferList label="Other offers" offers={offers} best={null} asking={false} />
      </>
    );
  }
  return (
    <Button variant="outlined" sx={{ justifySelf: 'start' }} onClick={() => setShown(true)}>
      Show {offers.length} {offers.length === 1 ? 'offer' : 'offers'} of something similar
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
