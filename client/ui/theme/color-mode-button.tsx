import IconButton from '@mui/material/IconButton';
import { useColorScheme } from '@mui/material/styles';
import { Icon } from '../icon.tsx';

const NEXT = { light: 'dark', dark: 'system', system: 'light' } as const;
const LOOK = {
  light: { icon: 'sun', name: 'light' },
  dark: { icon: 'moon', name: 'dark' },
  system: { icon: 'screen', name: 'as the system' },
} as const;

/** Light, dark, or as the system: one press each. */
export function ColorModeButton() {
  const { mode = 'system', setMode } = useColorScheme();
  const { icon, name } = LOOK[mode];
  const label = `Colours: ${name}. Change to ${LOOK[NEXT[mode]].name}`;
  return (
    <IconButton color="inherit" aria-label={label} title={label} onClick={() => setMode(NEXT[mode])}>
      <Icon name={icon} />
    </IconButton>
  );
}
