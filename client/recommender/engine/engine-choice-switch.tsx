import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useQuery } from '@tanstack/react-query';
import type { EngineChoice } from '../../offline/engine-choice.ts';
import { loadSettings, saveSetting } from '../../offline/settings.ts';
import { showUnsaved } from '../../ui/notices.ts';
import styles from './engine-choice-switch.module.css';

const LABELS: Record<EngineChoice, string> = { auto: 'Automatic', webgpu: 'GPU', threads: 'Threads' };

/** The choice of the engine that scores and trains on this device. */
export function EngineChoiceSwitch() {
  const { data } = useQuery({
    queryKey: ['settings', 'engine'],
    queryFn: async () => (await loadSettings()).engine,
    staleTime: Number.POSITIVE_INFINITY,
  });

  async function choose(choice: EngineChoice): Promise<void> {
    try {
      await saveSetting('engine', choice);
    } catch (error) {
      showUnsaved('This', error);
    }
  }

  return (
    <div className={styles.choice}>
      <h3 id="engine-choice">Compute with</h3>
      <ToggleButtonGroup
        size="small"
        exclusive
        value={data ?? 'auto'}
        aria-labelledby="engine-choice"
        onChange={(_event, choice: EngineChoice | null) => choice !== null && void choose(choice)}
      >
        {Object.entries(LABELS).map(([choice, label]) => (
          <ToggleButton key={choice} value={choice} sx={{ paddingInline: 1.5 }}>
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
