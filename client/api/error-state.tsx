import Button from '@mui/material/Button';
import { Icon } from '../ui/icon.tsx';
import { EmptyState } from '../ui/states.tsx';
import { ApiError } from './http.ts';

interface ErrorStateProps {
  error: Error;
  onRetry: () => void;
  /** 1 where this is all there is on the page. */
  level?: 1 | 2;
}

/** What happened, what it means, what to do. */
export function ErrorState({ error, onRetry, level = 2 }: ErrorStateProps) {
  const { title, detail, action } =
    error instanceof ApiError
      ? error
      : { title: 'Something went wrong here', detail: error.message, action: 'Try again, or reload the page.' };
  return (
    <EmptyState
      role="alert"
      level={level}
      icon={error instanceof ApiError && error.kind === 'unreachable' ? 'offline' : 'question'}
      title={title}
      action={
        <Button variant="outlined" onClick={onRetry} startIcon={<Icon name="retry" size={20} />}>
          Try again
        </Button>
      }
    >
      {detail} {action}
    </EmptyState>
  );
}
