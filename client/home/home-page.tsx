import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { RecommendedItem } from '../../shared/api/recommendations.ts';
import { ItemRating } from '../activity/item-rating.tsx';
import { ErrorState } from '../api/error-state.tsx';
import { recommendationsQuery } from '../api/queries.ts';
import { SavedNote } from '../offline/saved-note.tsx';
import { PAGES } from '../page-paths.ts';
import { ProductCard } from '../products/product-card.tsx';
import { ProductGrid, ProductGridSkeleton } from '../products/product-grid.tsx';
import { useOnDevice } from '../recommender/page/on-device.ts';
import { N_RECOMMENDED, useDeviceRecommendations } from '../recommender/page/queries.ts';
import { reasonText } from '../recommender/page/reason.ts';
import { type Shopper, useShopper } from '../shopper/shopper-context.tsx';
import page from '../ui/page.module.css';
import { EmptyState } from '../ui/states.tsx';

/** The first row and a half on a desktop. */
const N_EAGER = 6;

/**
 * This device's recommendations where it has a model and knows events of the shopper, else the server's. While a kept model
 * is being loaded there are none, so that the list does not change under the shopper's eyes.
 */
function useRecommendations() {
  const shopper = useShopper();
  const { phase } = useOnDevice();
  const device = useDeviceRecommendations();
  const isDecided = phase === 'absent' || (phase === 'ready' && !device.isPending);
  const own = phase === 'ready' && device.data?.items.length ? device.data : null;
  const server = useQuery({ ...recommendationsQuery(shopper.id, N_RECOMMENDED), enabled: isDecided && own === null });
  if (own !== null) return { items: own.items, isPopular: false, savedAt: null, error: null, retry: () => {} };
  const { data, error, refetch } = server;
  return {
    items: isDecided ? data?.data.items : undefined,
    isPopular: data?.data.fallback === 'popular',
    savedAt: data?.savedAt ?? null,
    error,
    retry: () => void refetch(),
  };
}

export function HomePage() {
  const shopper = useShopper();
  const { items, isPopular, savedAt, error, retry } = useRecommendations();
  return (
    <>
      <title>Magpie</title>
      <header className={page.heading}>
        <h1>
          {isPopular
            ? 'Popular with all shoppers'
            : shopper.kind === 'device'
              ? 'For you'
              : `For demo shopper ${shopper.id}`}
        </h1>
        <SavedNote savedAt={savedAt} />
      </header>
      {isPopular && <Introduction shopper={shopper} />}
      {items ? (
        <Recommended items={items} isPopular={isPopular} />
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <ProductGridSkeleton nCards={12} nLines={4} />
      )}
    </>
  );
}

/** The next step for a shopper without events. */
function Introduction({ shopper }: { shopper: Shopper }) {
  const { phase } = useOnDevice();
  if (shopper.syncs) {
    return (
      <p className={page.lead}>
        We know nothing about your taste yet. Rate a few things to begin: your own recommendations follow at once.
      </p>
    );
  }
  if (phase === 'ready') {
    return (
      <p className={page.lead}>
        We know nothing about your taste yet. Rate a few things to begin. Your ratings stay on this device, and it
        computes your recommendations from them by itself.
      </p>
    );
  }
  return (
    <div className={page.panel}>
      <p>
        We know nothing about your taste yet. Rate a few things to begin. Your ratings stay on this device; this server
        can only recommend from them when you turn on sync.
      </p>
      <Button variant="contained" onClick={() => void shopper.setSync(true)}>
        Turn on sync
      </Button>
    </div>
  );
}

function Recommended({ items, isPopular }: { items: RecommendedItem[]; isPopular: boolean }) {
  if (items.length === 0) {
    return (
      <EmptyState
        icon="bag"
        title="Nothing to recommend yet"
        action={
          <Button component={Link} to={PAGES.search} variant="contained">
            Search products
          </Button>
        }
      >
        This server has no products to choose from, or no model has been trained. You can still search and compare
        prices.
      </EmptyState>
    );
  }
  return (
    <ProductGrid label="Recommendations">
      {items.map((item, i) => (
        <ProductCard
          key={item.item_id}
          product={{ ...item, product_id: item.item_id, list_price: item.price }}
          eager={i < N_EAGER}
          reason={isPopular ? undefined : (reasonText(item.reasons) ?? undefined)}
        >
          {isPopular && <ItemRating item={{ id: item.item_id, title: item.title, image: item.image }} />}
        </ProductCard>
      ))}
    </ProductGrid>
  );
}
