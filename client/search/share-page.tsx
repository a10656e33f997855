import Button from '@mui/material/Button';
import { Link, Navigate, useSearchParams } from 'react-router';
import { EmptyState } from '../ui/states.tsx';
import { sharedAddress, sharedWords } from './shared-page.ts';

/** `/share`: where the system's share sheet hands over a shop's page. */
export default function SharePage() {
  const [parameters] = useSearchParams();
  const shared = { title: parameters.get('title'), text: parameters.get('text'), url: parameters.get('url') };
  const words = sharedWords(shared);
  const query = sharedAddress(shared) ?? words;
  if (query !== null) {
    const target = new URLSearchParams({ q: query });
    if (words !== null && words !== query) target.set('words', words);
    return <Navigate to={`/compare?${target}`} replace />;
  }
  return (
    <EmptyState
      level={1}
      icon="search"
      title="We could not tell what this link is about"
      action={
        <Button component={Link} to="/search" variant="contained">
          Search for it by name
        </Button>
      }
    >
      The link names no product that can be read from it.
    </EmptyState>
  );
}
