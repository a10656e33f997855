import { Link, Navigate, useSearchParams } from 'react-router';
import page from '../app/page.module.css';
import { ComparisonSection } from '../prices/comparison-section.tsx';
import { CURRENCY } from '../prices/currency.ts';

/** `/compare?q=…`: what the shops ask for anything, in our catalogue or not. */
export default function ComparePage() {
  const [parameters] = useSearchParams();
  const query = parameters.get('q')?.trim() ?? '';
  if (query === '') return <Navigate to="/search" replace />;
  return (
    <>
      <title>{`Prices for “${query}” – Magpie`}</title>
      <header className={page.heading}>
        <h1>Prices for “{query}”</h1>
        <p>
          <Link to={`/search?${new URLSearchParams({ q: query })}`}>Search our catalogue instead</Link>
        </p>
      </header>
      <ComparisonSection key={query} query={query} currency={CURRENCY} productId={null} />
    </>
  );
}
