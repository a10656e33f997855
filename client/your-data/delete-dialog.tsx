import Button from '@mui/material/Button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../api/connection.ts';
import { ApiError, asError } from '../api/http.ts';
import { shoppersQuery } from '../api/queries.ts';
import { DataDialog } from './data-dialog.tsx';
import { deleteMyData } from './delete-my-data.ts';
import styles from './your-data.module.css';

/** Says what a deletion deletes, and deletes it. Afterwards the page starts anew, as a new device. */
export default function DeleteDialog({ onClose }: { onClose: () => void }) {
  const isOffline = useConnection() === 'offline';
  const client = useQueryClient();
  const { data: shoppers } = useQuery(shoppersQuery);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState('');

  async function deleteAll(): Promise<void> {
    setIsBusy(true);
    setFailure('');
    try {
      // An answer that is on its way would be kept after the deletion.
      await client.cancelQueries();
      await deleteMyData();
      location.reload();
    } catch (error) {
      setFailure(failureText(asError(error)));
      setIsBusy(false);
    }
  }

  const close = () => !isBusy && onClose();
  return (
    <DataDialog
      title="Delete your data?"
      onClose={close}
      actions={
        <>
          <Button autoFocus className={styles.target} disabled={isBusy} onClick={close}>
            Keep my data
          </Button>
          <Button
            variant="contained"
            color="error"
            className={styles.target}
            disabled={isBusy || isOffline}
            onClick={() => void deleteAll()}
          >
            Delete for good
          </Button>
        </>
      }
    >
      <div>
        <h3>On this server</h3>
        <ul>
          <li>what you rated, bought and looked at, and all that is counted from it</li>
          <li>the same of all devices that are linked to this one; none of them stays linked</li>
          <li>your watches, and recommendations that were made for you</li>
          <li>your place in its trained models; later trainings no longer know you</li>
        </ul>
      </div>
      <div>
        <h3>On this device</h3>
        <ul>
          <li>your ratings and purchases, also those that wait to be sent</li>
          <li>your watchlist, saved prices, and a model that was trained here</li>
          <li>your settings: Magpie begins here as on a new device</li>
        </ul>
      </div>
      <p>
        It cannot be undone. Download your data first if you want a copy.
        {shoppers?.data.public != null && ' What was done as a demo shopper is public and stays on the server.'}
      </p>
      <p role="status" className={styles.failure}>
        {isOffline ? 'You are offline. The server’s part needs a connection, so nothing is deleted now.' : failure}
        {isBusy && 'Deleting …'}
      </p>
    </DataDialog>
  );
}

function failureText(error: Error): string {
  if (!(error instanceof ApiError)) {
    return `The server has deleted its part, this device has not: ${error.message} Try again; asking the server twice is safe.`;
  }
  if (error.kind === 'unreachable') {
    return `${error.title}. The server’s part needs a connection, so this device keeps everything. Try again later.`;
  }
  return `${error.title}. ${error.detail} ${error.action} This device keeps everything.`;
}
