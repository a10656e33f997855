import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import type { Product } from '../../shared/api/products.ts';
import { Icon } from '../ui/icon.tsx';
import { showUnsaved } from '../ui/notices.ts';
import { unwatch, watch, watchesQuery } from './watches.ts';

/** Puts a product on this device's watchlist, or takes it off. */
export function WatchButton({ product }: { product: Product }) {
  const { data: watches } = useQuery(watchesQuery);
  const isWatched = watches?.some(({ product_id }) => product_id === product.product_id) ?? false;

  async function toggle(): Promise<void> {
    try {
      await (isWatched ? unwatch(product) : watch(product));
    } catch (error) {
      showUnsaved('The watchlist', error);
    }
  }

  return (
    <Button
      variant={isWatched ? 'outlined' : 'contained'}
      aria-pressed={isWatched}
      onClick={() => void toggle()}
      startIcon={<Icon name={isWatched ? 'watched' : 'watch'} size={20} />}
    >
      {isWatched ? 'On your watchlist' : 'Watch'}
    </Button>
  );
}
