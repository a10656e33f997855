import Button from '@mui/material/Button';
import type { OutboxEntry } from '../offline/schema.ts';
import { counted } from '../ui/counted.ts';
import { DataDialog } from '../your-data/data-dialog.tsx';
import styles from '../your-data/your-data.module.css';

interface SyncQuestionProps {
  /** What was recorded while nothing was to leave this device. */
  kept: readonly OutboxEntry[];
  /** @param withKept null: sync stays as it is */
  onAnswer: (withKept: boolean | null) => void;
}

/** Asks, when sync is turned on, whether what was private until then may go to the server too. */
export default function SyncQuestion({ kept, onAnswer }: SyncQuestionProps) {
  return (
    <DataDialog
      title="Also send what this device kept?"
      onClose={() => onAnswer(null)}
      actions={
        <>
          <Button className={styles.target} onClick={() => onAnswer(false)}>
            Keep it here
          </Button>
          <Button variant="contained" className={styles.target} onClick={() => onAnswer(true)}>
            Send it too
          </Button>
        </>
      }
    >
      <p>While sending was off, this device kept {listOf(kept)}.</p>
      <p>
        If you keep it here, it stays on this device only, and what you do from now on is sent. You can still send it
        later.
      </p>
    </DataDialog>
  );
}

/** e.g. “3 ratings, 1 view, and 2 changes to your watchlist” */
function listOf(kept: readonly OutboxEntry[]): string {
  const nOf = (type: string) => kept.filter((entry) => 'event' in entry && entry.event.type === type).length;
  const nWatches = kept.filter((entry) => 'watch' in entry).length;
  const parts = [
    ...(['rating', 'purchase', 'view'] as const).map((type): [number, string] => [nOf(type), counted(nOf(type), type)]),
    [nWatches, `${counted(nWatches, 'change')} to your watchlist`] as const,
  ];
  const texts = parts.flatMap(([n, text]) => (n > 0 ? [text] : []));
  return new Intl.ListFormat('en').format(texts);
}
