import { Link } from 'react-router';
import { Icon } from '../icons/icon.tsx';
import styles from './engine-chip.module.css';

/** What computes the recommendations here. Scoring is the server's job so far, and the chip says so. */
export function EngineChip() {
  return (
    <Link to="/you#engine" className={styles.chip}>
      <Icon name="engine" size={18} />
      Computed on the server
    </Link>
  );
}
