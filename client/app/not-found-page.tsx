import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { PAGES } from '../page-paths.ts';
import { EmptyState } from '../ui/states.tsx';

export function NotFoundPage() {
  return (
    <>
      <title>Nothing here – Magpie</title>
      <EmptyState
        level={1}
        icon="question"
        title="There is nothing at this address"
        action={
          <Button component={Link} to={PAGES.home} variant="contained">
            To your recommendations
          </Button>
        }
      >
        It may be mistyped, or the page has moved.
      </EmptyState>
    </>
  );
}
