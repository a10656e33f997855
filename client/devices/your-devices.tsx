import Button from '@mui/material/Button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useConnection } from '../api/connection.ts';
import { ApiError, asError } from '../api/http.ts';
import { forgetDevice } from '../offline/forget-device.ts';
import { PAGES } from '../page-paths.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import page from '../ui/page.module.css';
import { linkCodeIn } from './link-address.ts';
import { linkedDevicesQuery, removeDevice } from './links.ts';
import styles from './your-devices.module.css';

const CodeDialog = lazy(() => import('./code-dialog.tsx'));
const JoinDialog = lazy(() => import('./join-dialog.tsx'));

/** Links this device with others of the same person, lists them, removes them. */
export function YourDevices() {
  const shopper = useShopper();
  const { hash } = useLocation();
  const navigate = useNavigate();
  const isOffline = useConnection() === 'offline';
  const [shown, setShown] = useState<'link' | 'recovery' | 'join' | null>(null);
  const linkCode = linkCodeIn(hash);

  function closeJoin(): void {
    setShown(null);
    if (linkCode !== null) void navigate(PAGES.you, { replace: true });
  }

  if (!window.isSecureContext) return <p className={page.note}>Linking devices needs a secure connection (HTTPS).</p>;
  return (
    <>
      {shopper.kind === 'demo' ? (
        <p className={page.note}>Demo shoppers belong to all. Be yourself again to link your own devices.</p>
      ) : (
        <p className={page.note}>
          Your phone and your computer can share your ratings, purchases and watchlist. They meet on this server
          {shopper.syncs ? '.' : ', so this needs “Send what I do to this server”.'}
          {isOffline && ' You are offline: linking needs a connection.'}
        </p>
      )}
      {shopper.kind === 'device' && shopper.syncs && !isOffline && <DeviceList />}
      <div className={styles.buttons}>
        {shopper.kind === 'device' && (
          <>
            <Button
              variant="outlined"
              className={styles.target}
              disabled={isOffline || !shopper.syncs}
              onClick={() => setShown('link')}
            >
              Link another device
            </Button>
            <Button
              className={styles.target}
              disabled={isOffline || !shopper.syncs}
              onClick={() => setShown('recovery')}
            >
              Recovery code
            </Button>
          </>
        )}
        <Button className={styles.target} disabled={isOffline} onClick={() => setShown('join')}>
          I have a code
        </Button>
      </div>
      <Suspense>
        {(shown === 'link' || shown === 'recovery') && <CodeDialog kind={shown} onClose={() => setShown(null)} />}
        {(shown === 'join' || linkCode !== null) && <JoinDialog given={linkCode ?? ''} onClose={closeJoin} />}
      </Suspense>
    </>
  );
}

function DeviceList() {
  const client = useQueryClient();
  const { data, error } = useQuery(linkedDevicesQuery);
  const [failure, setFailure] = useState('');

  async function remove(id: string): Promise<void> {
    setFailure('');
    try {
      client.setQueryData(linkedDevicesQuery.queryKey, await removeDevice(id));
    } catch (thrown) {
      setFailure(asError(thrown).message);
    }
  }

  if (error instanceof ApiError && error.status === 401) return <Removed />;
  const devices = data?.devices ?? [];
  return (
    <>
      {devices.length > 1 && (
        <ul className={styles.list} aria-label="Linked devices">
          {devices.map(({ device_id: id, name, last_seen_at: lastSeenAt, is_this: isThis }) => (
            <li key={id}>
              <span>
                {name}
                <small>{isThis ? 'This device' : `Last seen ${new Date(lastSeenAt).toLocaleDateString()}`}</small>
              </span>
              {!isThis && (
                <Button
                  color="error"
                  className={styles.target}
                  aria-label={`Remove ${name}`}
                  onClick={() => void remove(id)}
                >
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={styles.failure}>
        {failure}
      </p>
    </>
  );
}

/** Another device has removed this one: the server answers it no more. */
function Removed() {
  async function startAnew(): Promise<void> {
    await forgetDevice();
    location.reload();
  }
  return (
    <div role="status">
      <p className={page.note}>
        Another of your devices has removed this one, or your data was deleted. Magpie can begin here as on a new
        device; what this device keeps is deleted then.
      </p>
      <Button variant="outlined" className={styles.target} onClick={() => void startAnew()}>
        Begin anew
      </Button>
    </div>
  );
}
