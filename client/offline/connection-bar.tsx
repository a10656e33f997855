import { Icon } from '../icons/icon.tsx';
import { useConnection } from './connection.ts';
import styles from './connection-bar.module.css';

const TEXTS = {
  offline: 'You are offline. You see what was saved on this device; what you do is kept and sent later.',
  unreachable: 'The server does not answer. You see what was saved on this device; what you do is kept and sent later.',
} as const;

export function ConnectionBar() {
  const connection = useConnection();
  return (
    <div role="status">
      {connection !== 'online' && (
        <p className={styles.bar}>
          <Icon name="offline" size={20} /> {TEXTS[connection]}
        </p>
      )}
    </div>
  );
}
