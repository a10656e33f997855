import { Link, Navigate, useSearchParams } from 'react-router';
import { ComparisonSection } from '../comparison/comparison-section.tsx';
import { CURRENCY } from '../comparison/currency.ts';
import { useComparison } from '../comparison/use-comparison.ts';
import { PAGES, searchPath } from '../page-paths.ts';
import page from '../ui/page.module.css';

/**
 * `/compare?q=…`: prices of anything, in our catalogue or not. `q` may be the address of a shop's page; `words` is then
 * the query where that page cannot be read.
 */
export default function ComparePage() {
  const [parameters] = useSearchParams();
  const query = parameters.get('q')?.trim() ?? '';
  if (query === '') return <Navigate to={PAGES.search} replace />;
  return <Compared key={query} query={query} words={parameters.get('words')} />;
}

function Compared({ query, words }: { query: string; words: string | null }) {
  const { live } = useComparison(query, CURRENCY);
  const name = live?.finished?.recognised?.title ?? words ?? query;
  return (
    <>
      <title>{`Prices for “${name}” – Magpie`}</title>
      <header className={page.heading}>
        <h1>Prices for “{name}”</h1>
        <p>
          <Link to={searchPath({ q: name })}>Search our catalogue instead</Link>
        </p>
      </header>
      <ComparisonSection query={query} currency={CURRENCY} productId={null} otherWords={words} />
    </>
  );
}
