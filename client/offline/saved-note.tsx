import { useConnection } from '../api/connection.ts';
import { Icon } from '../ui/icon.tsx';
import { Time } from '../ui/time.tsx';
import styles from './saved-note.module.css';

/** The age of data that this device had kept. Shown only for such data. */
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
