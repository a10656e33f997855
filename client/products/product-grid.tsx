import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { Loading } from '../ui/states.tsx';
import styles from './product-grid.module.css';

export function ProductGrid({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.grid} aria-label={label}>
      {children}
    </ul>
  );
}

interface ProductGridSkeletonProps {
  nCards: number;
  /** Lines under the picture, so that the real cards take the same room. */
  nLines?: number;
}

export function ProductGridSkeleton({ nCards, nLines = 3 }: ProductGridSkeletonProps) {
  return (
    <Loading label="Loading products">
      <div className={styles.grid}>
        {Array.from({ length: nCards }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: these have nothing else, and never move
          <div key={i} className={styles.skeleton}>
            <Skeleton variant="rounded" height="auto" sx={{ aspectRatio: '1' }} />
            <Skeleton width="90%" height={28} />
            {Array.from({ length: nLines - 1 }, (_line, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Skeleton key={line} width={`${60 - 10 * line}%`} height={26} />
            ))}
          </div>
        ))}
      </div>
    </Loading>
  );
}
