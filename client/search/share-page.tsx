import Button from '@mui/material/Button';
import { Link, Navigate, useSearchParams } from 'react-router';
import { comparePath, PAGES } from '../page-paths.ts';
import { EmptyState } from '../ui/states.tsx';
import { sharedAddress, sharedWords } from './shared-page.ts';

/** `/share`: where the system's share sheet hands over a shop's page. */
export default function SharePage() {
  const [parameters] = useSearchParams();
  const shared = { title: parameters.get('title'), text: parameters.get('text'), url: parameters.get('url') };
  const words = sharedWords(shared);
  const query = sharedAddress(shared) ?? words;
  if (query !== null) {
    const otherWords = words === null || words === query ? undefined : words;
    return <Navigate to={comparePath(query, otherWords)} replace />;
  }
  return (
    <EmptyState
      level={1}
      icon="search"
      title="We could not tell what this link is about"
      action={
        <Button component={Link} to={PAGES.search} variant="contained">
          Search for it by name
        </Button>
      }
    >
      The link names no product that can be read from it.
    </EmptyState>
  );
}
