import type { ReactNode } from 'react';
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
  /** Set where screen readers must announce it at once. */
  role?: 'alert';
}

/** Nothing here, and what to do next. */
export function EmptyState({ icon, title, children, action, level = 2, role }: StateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section className={styles.state} role={role}>
      <Icon name={icon} size={32} />
      <Heading>{title}</Heading>
      <p>{children}</p>
      {action}
    </section>
  );
}

/** Skeletons that appear after 150 ms: a flash of grey is worse than a short wait. */
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
