import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Recommendations } from '../../shared/api/recommendations.ts';
import { ItemRating } from '../activity/item-rating.tsx';
import { recommendationsQuery } from '../api/queries.ts';
import page from '../app/page.module.css';
import { EmptyState, ErrorState } from '../app/states.tsx';
import { SavedNote } from '../offline/saved-note.tsx';
import { ProductCard } from '../products/product-card.tsx';
import { ProductGrid, ProductGridSkeleton } from '../products/product-grid.tsx';
import { type Shopper, useShopper } from '../shopper/shopper-context.tsx';
import { reasonText } from './reason.ts';

const N_SHOWN = 24;
/** The first row and a half on a desktop. */
const N_EAGER = 6;

export function HomePage() {
  const shopper = useShopper();
  const { data, error, refetch } = useQuery(recommendationsQuery(shopper.id, N_SHOWN));
  const isPopular = data?.data.fallback === 'popular';
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
        <SavedNote savedAt={data?.savedAt} />
      </header>
      {isPopular && <Introduction shopper={shopper} />}
      {data ? (
        <Recommended recommendations={data.data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <ProductGridSkeleton count={12} lines={4} />
      )}
    </>
  );
}

/** What a shopper of whom nothing is known can do about it. */
function Introduction({ shopper }: { shopper: Shopper }) {
  if (shopper.syncs) {
    return (
      <p className={page.lead}>
        We know nothing about your taste yet. Rate a few things to begin: your own recommendations follow at once.
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

function Recommended({ recommendations: { items, fallback } }: { recommendations: Recommendations }) {
  if (items.length === 0) {
    return (
      <EmptyState
        icon="bag"
        title="Nothing to recommend yet"
        action={
          <Button component={Link} to="/search" variant="contained">
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
          id={item.item_id}
          title={item.title}
          image={item.image}
          category={item.category}
          listPrice={item.price}
          eager={i < N_EAGER}
          reason={fallback === 'popular' ? undefined : (reasonText(item.reasons) ?? undefined)}
        >
          {fallback === 'popular' && <ItemRating item={{ id: item.item_id, title: item.title, image: item.image }} />}
        </ProductCard>
      ))}
    </ProductGrid>
  );
}
