import { useConnection } from '../api/connection.ts';
import { Icon } from '../ui/icon.tsx';
import { Time } from '../ui/time.tsx';
import styles from './saved-note.module.css';

/** Says how old the data is, where it came from this device instead of the server. */
export function SavedNote({ savedAt }: { savedAt: Date | null | undefined }) {
  const connection = useConnection();
  if (!savedAt) return null;
  return (
    <p className={styles.note}>
      <Icon name="clock" size={18} />
      <span>
        Last updated <Time at={savedAt} />.{' '}
        {connection === 'offline' ? 'It updates when you are online again.' : 'The server has not answered since.'}
      </span>
    </p>
  );
}
