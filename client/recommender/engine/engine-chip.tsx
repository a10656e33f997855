import { Link } from 'react-router';
import { PAGES } from '../../page-paths.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './engine-chip.module.css';
import { ENGINE_ID, engineLabel, useEngineInUse } from './engine-in-use.ts';

/** The engine of the recommendations shown, with a link to the reason. */
export function EngineChip() {
  const engine = useEngineInUse();
  return (
    <Link to={`${PAGES.you}#${ENGINE_ID}`} className={styles.chip} title={engine?.reason}>
      <Icon name="engine" size={18} />
      {engineLabel(engine)}
    </Link>
  );
}
