import Button from '@mui/material/Button';
import { type ReactNode, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { ComparedOffer } from '../../shared/api/comparison.ts';
import { ErrorState } from '../api/error-state.tsx';
import { SavedNote } from '../offline/saved-note.tsx';
import { comparePath, PAGES } from '../page-paths.ts';
import { counted } from '../ui/counted.ts';
import { formatDay } from '../ui/format-day.ts';
import page from '../ui/page.module.css';
import { EmptyState } from '../ui/states.tsx';
import styles from './comparison-section.module.css';
import type { Currency } from './currency.ts';
import { finishedComparison, type LiveComparison, NOTHING_YET } from './live-comparison.ts';
import { OfferList } from './offers/offer-list.tsx';
import { offersOfProduct } from './offers-of-product.ts';
import { ShipToField } from './ship-to/ship-to-field.tsx';
import { ShopFailures } from './shop-failures.tsx';
import { useComparison } from './use-comparison.ts';

/** Where the offers stand on a product's page. */
export const OFFERS_ID = 'offers';

interface ComparisonSectionProps {
  /** The words that the shops are asked for, or the address of a shop's page. */
  query: string;
  currency: Currency;
  /** Offers of this product come first, the others apart; null: any offer that fits the query. */
  productId: string | null;
  /** Other words to offer where nothing is found. */
  otherWords?: string | null;
}

/** All shops' offers as they arrive. Where the shops cannot be asked, those that this device last saw. */
export function ComparisonSection({ query, currency, ...shown }: ComparisonSectionProps) {
  const { live, isAsking, failure, saved, isReadingSaved, shipTo, retry } = useComparison(query, currency);
  const offers = { ...shown, onRetry: retry };

  function content(): ReactNode {
    if (failure === null) return <Offers live={live ?? NOTHING_YET} isAsking={isAsking} {...offers} />;
    if (live !== undefined && live.offers.length > 0) {
      return (
        <>
          <Offers live={live} isAsking={false} {...offers} />
          <ErrorState error={failure} onRetry={retry} />
        </>
      );
    }
    if (saved !== null) {
      return (
        <Offers live={finishedComparison(saved.comparison)} isAsking={false} {...offers}>
          <SavedNote savedAt={new Date(saved.saved_at)} />
          {(saved.comparison.ship_to ?? null) !== shipTo && (
            <p className={page.note}>Shipping is not for the country that you have chosen since.</p>
          )}
        </Offers>
      );
    }
    return (
      <>
        <h2>Prices</h2>
        {!isReadingSaved && <ErrorState error={failure} onRetry={retry} />}
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
  isAsking: boolean;
  productId: string | null;
  otherWords?: string | null;
  onRetry: () => void;
  children?: ReactNode;
}

function Offers({ live, isAsking, productId, otherWords = null, onRetry, children }: OffersProps) {
  const { offers, unmatched, others, best, isUncertain } = useMemo(
    () => offersOfProduct(live, productId),
    [live, productId],
  );
  const { failures, finished } = live;

  const after = (
    <>
      <ShopFailures failures={failures} isAsking={isAsking} onRetry={onRetry} />
      {unmatched.length > 0 && (
        <>
          <h2>May be the same product</h2>
          <p className={page.note}>
            These could not be matched to this product for certain: please compare the titles.
          </p>
          <OfferList label="Offers that may be of this product" offers={unmatched} best={null} isAsking={false} />
        </>
      )}
      {others.length > 0 && <OtherOffers offers={others} />}
      {finished?.rates_date && (
        <p className={page.note}>Converted with the exchange rates of {formatDay(finished.rates_date)}.</p>
      )}
    </>
  );

  return (
    <>
      <header className={styles.header}>
        <h2>{headline(live, offers, isAsking)}</h2>
        {children}
        <ShipToField />
        <p className="visually-hidden" role="status">
          {isAsking ? 'Asking the shops' : `${offers.length} offers, ${failures.length} shops without an answer`}
        </p>
      </header>
      {isUncertain && (
        <p className={page.note}>
          We could not tell for certain that these are this very product: please compare the titles.
        </p>
      )}
      {offers.length === 0 && !isAsking ? (
        <NoOffers live={live} otherWords={otherWords} onRetry={onRetry} />
      ) : (
        <OfferList label="Offers by total price" offers={offers} best={best} isAsking={isAsking}>
          {after}
        </OfferList>
      )}
      {offers.length === 0 && !isAsking && after}
    </>
  );
}

function headline(live: LiveComparison, offers: ComparedOffer[], isAsking: boolean): string {
  if (isAsking && live.finished !== null) return 'Asking the shops again …';
  if (live.nAnswered === 0) return isAsking ? 'Asking the shops …' : 'Prices';
  if (isAsking) return `${live.nAnswered} shops have answered so far …`;
  const nShops = new Set(offers.map((offer) => offer.shop)).size;
  return `${counted(offers.length, 'offer')} from ${counted(nShops, 'shop')}`;
}

function OtherOffers({ offers }: { offers: ComparedOffer[] }) {
  const [shown, setShown] = useState(false);
  if (shown) {
    return (
      <>
        <h2>Offers of similar products</h2>
        <OfferList label="Offers of similar products" offers={offers} best={null} isAsking={false} />
      </>
    );
  }
  return (
    <Button variant="outlined" sx={{ justifySelf: 'start' }} onClick={() => setShown(true)}>
      Show {counted(offers.length, 'offer')} of similar products
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
          <Button variant="outlined" component={Link} to={comparePath(otherWords)}>
            Ask for “{otherWords}” instead
          </Button>
        ) : someFailed ? (
          <Button variant="outlined" onClick={onRetry}>
            Ask them again
          </Button>
        ) : (
          <Button variant="outlined" component={Link} to={PAGES.search}>
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
