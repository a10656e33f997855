import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../api/connection.ts';
import { ApiError } from '../api/http.ts';
import { useDeliveryFailure } from '../offline/delivery-state.ts';
import { discardRejected } from '../offline/outbox.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import { counted } from '../ui/counted.ts';
import page from '../ui/page.module.css';
import styles from './event-list.module.css';
import { outboxQuery } from './queries.ts';

/** Changes that the server has not confirmed: those that wait, with the reason, and those that it rejected. */
export function OutboxList() {
  const shopper = useShopper();
  const connection = useConnection();
  const failure = useDeliveryFailure();
  const { data: outbox } = useQuery(outboxQuery);
  if (outbox === undefined) return null;
  const { waiting, held, rejected } = outbox;
  const mayRelease = shopper.kind === 'device' && shopper.syncs && held.some(({ is_private }) => is_private);

  return (
    <>
      <p role="status">{summary(waiting.length, held.length, connection === 'online')}</p>
      {mayRelease && (
        <Button variant="outlined" className={styles.release} onClick={() => void shopper.setSync(true)}>
          Send what was kept …
        </Button>
      )}
      {waiting.length > 0 && failure !== null && connection === 'online' && (
        <p className={styles.rejected}>{whyNotSent(failure)}</p>
      )}
      {rejected.length > 0 && (
        <>
          <p className={page.note}>The server would not take these. They stay here until you remove them.</p>
          <ul className={styles.list}>
            {rejected.map((entry) => (
              <li key={entry.id}>
                <span>{entry.title}</span>
                <Button size="small" onClick={() => void discardRejected(entry.id)}>
                  Remove<span className="visually-hidden"> {entry.title}</span>
                </Button>
                <span className={styles.rejected}>{entry.reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** A request that got no answer speaks of a page that cannot load; here all is on the device, and only waits. */
function whyNotSent(failure: Error): string {
  if (!(failure instanceof ApiError)) return failure.message;
  if (failure.kind === 'unreachable')
    return `${failure.title}. All of it is kept on this device, and is sent when the server answers.`;
  return `${failure.title}. ${failure.detail} ${failure.action}`;
}

function summary(nWaiting: number, nHeld: number, isOnline: boolean): string {
  const things = (n: number) => `${counted(n, 'thing')} you did or looked at`;
  const sentences = [];
  if (nWaiting > 0) {
    const when = isOnline ? '' : ' when there is a connection again';
    sentences.push(`${things(nWaiting)} ${nWaiting === 1 ? 'waits' : 'wait'} to be sent${when}.`);
  }
  if (nHeld > 0) sentences.push(`${things(nHeld)} ${nHeld === 1 ? 'is' : 'are'} kept on this device only.`);
  return sentences.join(' ') || 'Everything is sent.';
}
