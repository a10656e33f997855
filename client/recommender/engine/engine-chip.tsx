import { Link } from 'react-router';
import { Icon } from '../../ui/icon.tsx';
import styles from './engine-chip.module.css';
import { engineLabel, useEngineInUse } from './engine-in-use.ts';

/** What computes the recommendations that are shown; why stands behind it. */
export function EngineChip() {
  const engine = useEngineInUse();
  return (
    <Link to="/you#engine" className={styles.chip} title={engine?.reason}>
      <Icon name="engine" size={18} />
      {engineLabel(engine)}
    </Link>
  );
}
