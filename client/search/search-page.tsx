import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ProductList } from '../../shared/api/products.ts';
import { ErrorState } from '../api/error-state.tsx';
import { productsQuery } from '../api/queries.ts';
import { SavedNote } from '../offline/saved-note.tsx';
import { comparePath } from '../page-paths.ts';
import { ProductCard } from '../products/product-card.tsx';
import { ProductGrid, ProductGridSkeleton } from '../products/product-grid.tsx';
import { counted } from '../ui/counted.ts';
import { Icon } from '../ui/icon.tsx';
import page from '../ui/page.module.css';
import { EmptyState } from '../ui/states.tsx';
import { SearchField } from './search-field.tsx';
import styles from './search-page.module.css';

/** A button shows the others. */
const N_CATEGORIES_SHOWN = 8;

/** `/search?q=…&category=…` */
export default function SearchPage() {
  const [parameters, setParameters] = useSearchParams();
  const query = parameters.get('q') ?? '';
  const category = parameters.get('category');
  const results = useInfiniteQuery(productsQuery({ query, category }));
  const first = results.data?.pages[0];

  function choose(next: string | null): void {
    const changed = new URLSearchParams(parameters);
    if (next === null) changed.delete('category');
    else changed.set('category', next);
    setParameters(changed);
  }

  return (
    <>
      <title>{query === '' ? 'Search – Magpie' : `${query} – Magpie`}</title>
      <div className={styles.field}>
        <SearchField />
      </div>
      <header className={page.heading}>
        <h1>{query === '' ? 'All products' : `“${query}”`}</h1>
        <p className={page.note} role="status">
          {first && !results.isPlaceholderData && countText(first.data.total, category)}
        </p>
        <SavedNote savedAt={first?.savedAt} />
      </header>
      {query !== '' && (
        <Button component={Link} to={comparePath(query)} variant="outlined" sx={{ marginBlockEnd: 2 }}>
          Compare prices for “{query}” across shops
        </Button>
      )}
      {first && <Categories list={first.data} chosen={category} onChoose={choose} />}
      {results.data ? (
        <>
          <Results query={query} category={category} onAnyCategory={() => choose(null)}>
            {results.data.pages.flatMap(({ data }) => data.items)}
          </Results>
          {results.hasNextPage && (
            <Button
              variant="outlined"
              sx={{ display: 'block', marginBlockStart: 3, marginInline: 'auto' }}
              loading={results.isFetchingNextPage}
              onClick={() => void results.fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </>
      ) : results.error ? (
        <ErrorState error={results.error} onRetry={() => void results.refetch()} />
      ) : (
        <ProductGridSkeleton nCards={12} />
      )}
    </>
  );
}

function countText(nProducts: number, category: string | null): string {
  const products = counted(nProducts, 'product');
  return category === null ? products : `${products} in ${category}`;
}

interface CategoriesProps {
  list: ProductList;
  chosen: string | null;
  onChoose: (category: string | null) => void;
}

function Categories({ list, chosen, onChoose }: CategoriesProps) {
  const [all, setAll] = useState(false);
  const ordered = [...list.categories].sort((a, b) => b.count - a.count);
  const shown = ordered.filter(({ category }, i) => all || i < N_CATEGORIES_SHOWN || category === chosen);
  // The chosen category stays, so that it can be taken off, even where the query leaves it empty.
  if (chosen !== null && !shown.some(({ category }) => category === chosen)) shown.push({ category: chosen, count: 0 });
  if (shown.length === 0) return null;
  return (
    <fieldset className={styles.categories}>
      <legend className="visually-hidden">Category</legend>
      {shown.map(({ category, count }) => {
        const isChosen = category === chosen;
        return (
          <Chip
            key={category}
            clickable
            component="button"
            aria-pressed={isChosen}
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'filled' : 'outlined'}
            icon={isChosen ? <Icon name="check" size={18} /> : undefined}
            label={`${category} ${count.toLocaleString()}`}
            onClick={() => onChoose(isChosen ? null : category)}
          />
        );
      })}
      {ordered.length > shown.length && (
        <Chip
          clickable
          component="button"
          label={`${ordered.length - shown.length} more`}
          onClick={() => setAll(true)}
        />
      )}
    </fieldset>
  );
}

interface ResultsProps {
  query: string;
  category: string | null;
  onAnyCategory: () => void;
  children: ProductList['items'];
}

function Results({ query, category, onAnyCategory, children: items }: ResultsProps) {
  if (items.length > 0) {
    return (
      <ProductGrid label="Products found">
        {items.map((product) => (
          <ProductCard key={product.product_id} product={product} />
        ))}
      </ProductGrid>
    );
  }
  if (category !== null) {
    return (
      <EmptyState
        icon="search"
        title={`Nothing in ${category}`}
        action={
          <Button variant="contained" onClick={onAnyCategory}>
            Look in every category
          </Button>
        }
      >
        Other categories may have it.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="search"
      title="Not in this catalogue"
      action={
        query === '' ? undefined : (
          <Button component={Link} to={comparePath(query)} variant="contained">
            Ask the shops for “{query}”
          </Button>
        )
      }
    >
      Try fewer words, or another spelling. Shops may have it all the same.
    </EmptyState>
  );
}
