import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { ApiError } from '../api/http.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './states.module.css';

interface StateProps {
  icon: IconName;
  title: string;
  children: ReactNode;
  /** The next thing to do. */
  action?: ReactNode;
  /** 1 where this is all there is on the page. */
  level?: 1 | 2;
}

/** Nothing here, and what to do next. */
export function EmptyState({ icon, title, children, action, level = 2 }: StateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section className={styles.state}>
      <Icon name={icon} size={32} />
      <Heading>{title}</Heading>
      <p>{children}</p>
      {action}
    </section>
  );
}

interface ErrorStateProps {
  error: Error;
  onRetry: () => void;
  level?: 1 | 2;
}

/** What happened, what it means, what to do. */
export function ErrorState({ error, onRetry, level = 2 }: ErrorStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  const told =
    error instanceof ApiError
      ? error
      : { title: 'Something went wrong here', detail: error.message, action: 'Try again, or reload the page.' };
  return (
    <section className={styles.state} role="alert">
      <Icon name={error instanceof ApiError && error.kind === 'unreachable' ? 'offline' : 'question'} size={32} />
      <Heading>{told.title}</Heading>
      <p>
        {told.detail} {told.action}
      </p>
      <Button variant="outlined" onClick={onRetry} startIcon={<Icon name="retry" size={20} />}>
        Try again
      </Button>
    </section>
  );
}

/** Wraps skeletons: they appear after 150 ms only, since a flash of grey is worse than a short wait. */
export function Loading({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <span role="status" className="visually-hidden">
        {label}
      </span>
      <div className={styles.loading} aria-hidden="true">
        {children}
      </div>
    </div>
  );
}
