import { Icon } from '../icons/icon.tsx';
import { useConnection } from './connection.ts';
import styles from './connection-bar.module.css';

const TEXTS = {
  offline: 'You are offline. You see what was saved on this device; what you do is kept and sent later.',
  unreachable: 'The server does not answer. You see what was saved on this device; what you do is kept and sent later.',
} as const;

/** What keeps Magpie from being all it can be at the moment: the network, or an address that is not secure. */
export function ConnectionBar() {
  const connection = useConnection();
  return (
    <div role="status">
      {connection !== 'online' && (
        <p className={styles.bar}>
          <Icon name="offline" size={20} /> {TEXTS[connection]}
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
