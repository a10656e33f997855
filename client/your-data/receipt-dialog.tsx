import Button from '@mui/material/Button';
import type { Schemas } from '../../shared/api-client/src/index.ts';
import { counted } from '../ui/counted.ts';
import { DataDialog } from './data-dialog.tsx';
import styles from './your-data.module.css';

interface ReceiptDialogProps {
  receipt: Schemas['DeletionReceipt'];
  onClose: () => void;
}

/** What was deleted, once the page has started as a new device. */
export default function ReceiptDialog({ receipt, onClose }: ReceiptDialogProps) {
  return (
    <DataDialog
      title="Your data is deleted"
      onClose={onClose}
      actions={
        <Button autoFocus variant="contained" className={styles.target} onClick={onClose}>
          Close
        </Button>
      }
    >
      <dl>
        <dt>On the server</dt>
        <dd>{serverText(receipt.deleted)}</dd>
        <dt>On this device</dt>
        <dd>Everything. Magpie begins here as on a new device.</dd>
        <dt>When</dt>
        <dd>{new Date(receipt.deleted_at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}</dd>
        <dt>Receipt</dt>
        <dd>{receipt.receipt_id}</dd>
      </dl>
    </DataDialog>
  );
}

function serverText({
  events,
  watches,
  recommendation_jobs: nJobs,
  models,
}: Schemas['DeletionReceipt']['deleted']): string {
  const deleted = [
    ...(events > 0 ? [counted(events, 'event')] : []),
    ...(watches > 0 ? [counted(watches, 'watched price')] : []),
    ...(nJobs > 0 ? [counted(nJobs, 'answered request')] : []),
    ...(models > 0 ? [`your place in ${counted(models, 'model')}`] : []),
  ];
  return deleted.length === 0 ? 'Nothing of you was there.' : `${deleted.join(', ')}.`;
}
