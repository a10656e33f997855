import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { outboxQuery } from '../activity/queries.ts';
import { useConnection } from '../api/connection.ts';
import { ApiError, asError } from '../api/http.ts';
import { PAGES } from '../page-paths.ts';
import { DataDialog } from '../your-data/data-dialog.tsx';
import { joinByCode } from './links.ts';
import styles from './your-devices.module.css';

interface JoinDialogProps {
  /** From a link or a QR code; empty: to be typed. */
  given: string;
  onClose: () => void;
}

/** Asks before this device joins another one's shopper, and joins. */
export default function JoinDialog({ given, onClose }: JoinDialogProps) {
  const isOffline = useConnection() === 'offline';
  const { data: outbox } = useQuery(outboxQuery);
  const nKept = outbox?.held.filter(({ is_private }) => is_private).length ?? 0;
  const [code, setCode] = useState(given);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState('');

  async function join(): Promise<void> {
    setIsBusy(true);
    setFailure('');
    try {
      await joinByCode(code.trim());
      // By the history, for an address that differs in its fragment alone is not loaded again.
      history.replaceState(null, '', PAGES.you);
      location.reload();
    } catch (error) {
      setFailure(error instanceof ApiError ? `${error.title}. ${error.action}` : asError(error).message);
      setIsBusy(false);
    }
  }

  const close = () => !isBusy && onClose();
  return (
    <DataDialog
      title="Link this device?"
      onClose={close}
      actions={
        <>
          <Button className={styles.target} disabled={isBusy} onClick={close}>
            Not now
          </Button>
          <Button
            variant="contained"
            className={styles.target}
            disabled={isBusy || isOffline || code.trim() === ''}
            onClick={() => void join()}
          >
            Link this device
          </Button>
        </>
      }
    >
      <p>
        Your devices then share one list of ratings and purchases and one watchlist, and recommendations follow from all
        of it. What you did on this device is added to it.
      </p>
      <p>
        Sending what you do to this server is switched on, because your devices meet there. Link only devices of your
        own.{nKept > 0 && ' What this device kept while it was off stays here, until you send it under “Sync”.'}
      </p>
      <TextField
        label="Code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        autoComplete="off"
        slotProps={{ htmlInput: { autoCapitalize: 'characters', spellCheck: false, maxLength: 64 } }}
      />
      <p role="status" className={styles.failure}>
        {isOffline ? 'You are offline. Linking needs a connection.' : failure}
      </p>
    </DataDialog>
  );
}
