import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ErrorState } from '../api/error-state.tsx';
import { PAGES } from '../page-paths.ts';
import { ProductCard } from '../products/product-card.tsx';
import { ProductGrid, ProductGridSkeleton } from '../products/product-grid.tsx';
import { useShopper } from '../shopper/shopper-context.tsx';
import page from '../ui/page.module.css';
import { EmptyState } from '../ui/states.tsx';
import { WatchButton } from './watch-button.tsx';
import { watchesQuery } from './watches.ts';

/** `/watchlist` */
export default function WatchlistPage() {
  const shopper = useShopper();
  const { data: watches, error, refetch } = useQuery(watchesQuery);
  return (
    <>
      <title>Watchlist – Magpie</title>
      <header className={page.heading}>
        <h1>Watchlist</h1>
        <p className={page.note}>
          Kept on this device, also without a network
          {shopper.kind === 'device' && shopper.syncs && '. What you change is shared with your linked devices'}.
        </p>
      </header>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : watches === undefined ? (
        <ProductGridSkeleton nCards={4} />
      ) : watches.length === 0 ? (
        <EmptyState
          icon="watch"
          title="Nothing on your watchlist yet"
          action={
            <Button component={Link} to={PAGES.search} variant="contained">
              Find something to watch
            </Button>
          }
        >
          Press “Watch” on a product to keep it here and compare its prices again later.
        </EmptyState>
      ) : (
        <ProductGrid label="Watched products">
          {watches.map(({ product }) => (
            <ProductCard key={product.product_id} product={product}>
              <WatchButton product={product} />
            </ProductCard>
          ))}
        </ProductGrid>
      )}
    </>
  );
}
