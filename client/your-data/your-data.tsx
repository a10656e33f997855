import Button from '@mui/material/Button';
import { lazy, Suspense, useState } from 'react';
import { asError } from '../api/http.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import { Icon } from '../ui/icon.tsx';
import page from '../ui/page.module.css';
import { closeReceipt, unreadReceipt } from './delete-my-data.ts';
import { downloadMyData } from './download-my-data.ts';
import styles from './your-data.module.css';

const DeleteDialog = lazy(() => import('./delete-dialog.tsx'));
const ReceiptDialog = lazy(() => import('./receipt-dialog.tsx'));

/** Takes a copy of what is kept of the device's own shopper, or deletes all of it. */
export function YourData() {
  const shopper = useShopper();
  const [isAsked, setIsAsked] = useState(false);
  const [receipt, setReceipt] = useState(unreadReceipt);
  return (
    <>
      <p className={page.note}>
        A file with everything that this server and this device keep of you, to read or to take elsewhere.
      </p>
      <DownloadButton />
      {shopper.kind === 'demo' ? (
        <p className={page.note}>
          {shopper.name} is public: all who use this server share it, so it cannot be deleted here. Be yourself again to
          delete your own data.
        </p>
      ) : (
        <Button
          variant="outlined"
          color="error"
          className={styles.target}
          aria-haspopup="dialog"
          onClick={() => setIsAsked(true)}
          startIcon={<Icon name="bin" size={20} />}
        >
          Delete my data …
        </Button>
      )}
      <Suspense>
        {isAsked && <DeleteDialog onClose={() => setIsAsked(false)} />}
        {receipt !== null && (
          <ReceiptDialog
            receipt={receipt}
            onClose={() => {
              closeReceipt();
              setReceipt(null);
            }}
          />
        )}
      </Suspense>
    </>
  );
}

function DownloadButton() {
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState('');

  async function download(): Promise<void> {
    setIsBusy(true);
    setOutcome('');
    setOutcome(await downloadMyData().catch((error: unknown) => `Not saved. ${asError(error).message}`));
    setIsBusy(false);
  }

  return (
    <div>
      <Button
        variant="outlined"
        className={styles.target}
        disabled={isBusy}
        onClick={() => void download()}
        startIcon={<Icon name="install" size={20} />}
      >
        Download my data
      </Button>
      <p role="status" className={styles.outcome}>
        {outcome}
      </p>
    </div>
  );
}
