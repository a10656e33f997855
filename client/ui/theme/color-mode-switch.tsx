import { useColorScheme } from '@mui/material/styles';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { Icon } from '../icon.tsx';

type Mode = 'light' | 'dark' | 'system';
const MODES = [
  { mode: 'light', label: 'Light', icon: 'sun' },
  { mode: 'dark', label: 'Dark', icon: 'moon' },
  { mode: 'system', label: 'System', icon: 'screen' },
] as const;

export function ColorModeSwitch() {
  const { mode, setMode } = useColorScheme();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={mode ?? 'system'}
      aria-label="Colours"
      onChange={(_event, chosen: Mode | null) => chosen !== null && setMode(chosen)}
    >
      {MODES.map(({ mode: each, label, icon }) => (
        <ToggleButton key={each} value={each} sx={{ gap: 1, paddingInline: 1.5 }}>
          <Icon name={icon} size={20} /> {label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
