import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useSearchParams } from 'react-router';
import { comparisonQuery } from '../comparison/comparison-query.ts';
import { ComparisonSection } from '../comparison/comparison-section.tsx';
import { CURRENCY } from '../comparison/currency.ts';
import { useShipTo } from '../comparison/ship-to/ship-to.ts';
import page from '../ui/page.module.css';

/**
 * `/compare?q=…`: what the shops ask for anything, in our catalogue or not. `q` may be the address of a shop's page;
 * `words` is then what to ask for where that page cannot be read.
 */
export default function ComparePage() {
  const [parameters] = useSearchParams();
  const query = parameters.get('q')?.trim() ?? '';
  if (query === '') return <Navigate to="/search" replace />;
  return <Compared key={query} query={query} words={parameters.get('words')} />;
}

function Compared({ query, words }: { query: string; words: string | null }) {
  const { data } = useQuery(comparisonQuery(query, CURRENCY, useShipTo()));
  const name = data?.finished?.recognised?.title ?? words ?? query;
  return (
    <>
      <title>{`Prices for “${name}” – Magpie`}</title>
      <header className={page.heading}>
        <h1>Prices for “{name}”</h1>
        <p>
          <Link to={`/search?${new URLSearchParams({ q: name })}`}>Search our catalogue instead</Link>
        </p>
      </header>
      <ComparisonSection query={query} currency={CURRENCY} productId={null} otherWords={words} />
    </>
  );
}
