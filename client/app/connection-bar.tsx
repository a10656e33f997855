import { useConnection } from '../api/connection.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './connection-bar.module.css';

const WHAT_IS = { offline: 'You are offline.', unreachable: 'The server does not answer.' } as const;

function connectionText(connection: keyof typeof WHAT_IS, syncs: boolean): string {
  const kept = syncs ? 'what you do is kept and sent later' : 'what you do is kept here and stays here, as sync is off';
  return `${WHAT_IS[connection]} You see what was saved on this device; ${kept}.`;
}

/** What limits Magpie at the moment: the network, or an address that is not secure. */
export function ConnectionBar() {
  const connection = useConnection();
  const { syncs } = useShopper();
  return (
    <div role="status">
      {connection !== 'online' && (
        <p className={styles.bar}>
          <Icon name="offline" size={20} /> {connectionText(connection, syncs)}
        </p>
      )}
      {!window.isSecureContext && (
        <p className={styles.bar}>
          <Icon name="question" size={20} /> This address is not secure (http), so the browser keeps back offline use,
          installing and the GPU. Use https, or localhost on the same machine.
        </p>
      )}
    </div>
  );
}
