import Button from '@mui/material/Button';
import { type ReactNode, useMemo, useState } from 'react';
import type { BestDeal, ComparedOffer } from '../../../shared/api/comparison.ts';
import styles from './offer-list.module.css';
import { OfferRow, OfferRowSkeleton } from './offer-row.tsx';
import { useListMotion } from './use-list-motion.ts';

/** Empty rows before the first shop has answered. */
const N_PLACEHOLDERS = 4;

/** A general query may find seventy offers; a button shows the others. */
const N_SHOWN = 15;

interface OfferListProps {
  label: string;
  offers: ComparedOffer[];
  best: BestDeal | null;
  /** While shops are being asked, empty rows stand for theirs. */
  isAsking: boolean;
  /** Content below the list. */
  children?: ReactNode;
}

/** Offers in order. The content below appears once no row is expected or moving. */
export function OfferList({ label, offers, best, isAsking, children }: OfferListProps) {
  const [all, setAll] = useState(false);
  // The best deal is always shown, even where many cheaper offers are sold out.
  const rows = useMemo(
    () =>
      offers
        .map((offer) => ({ offer, best: offer.url === best?.url ? best : null }))
        .filter((row, i) => all || i < N_SHOWN || row.best !== null),
    [all, offers, best],
  );
  const { list, shown } = useListMotion<HTMLOListElement, (typeof rows)[number]>(rows);
  const isSettled = !isAsking && shown === rows;
  const nPlaceholders = isAsking ? Math.max(1, N_PLACEHOLDERS - shown.length) : 0;
  return (
    <>
      <div className={styles.frame}>
        <div className={styles.progress} data-asking={isAsking} aria-hidden="true" />
        <ol className={styles.list} ref={list} aria-label={label} aria-busy={isAsking}>
          {shown.map((row) => (
            <OfferRow key={row.offer.url} {...row} />
          ))}
          {Array.from({ length: nPlaceholders }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: these have nothing else
            <OfferRowSkeleton key={i} motionKey={`placeholder ${i}`} />
          ))}
        </ol>
      </div>
      {isSettled && offers.length > rows.length && (
        <Button variant="outlined" sx={{ justifySelf: 'start' }} onClick={() => setAll(true)}>
          Show {offers.length - rows.length} more
        </Button>
      )}
      {isSettled && children}
    </>
  );
}
