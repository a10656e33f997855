import Button from '@mui/material/Button';
import { useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { useInstallPrompt } from './install-prompt.ts';

/** Shown only where the browser can install the app. */
export function InstallButton() {
  const prompt = useInstallPrompt();
  const [asking, setAsking] = useState(false);
  if (prompt === null) return null;

  async function install(): Promise<void> {
    setAsking(true);
    await prompt?.prompt();
    setAsking(false);
  }

  return (
    <Button
      variant="outlined"
      disabled={asking}
      onClick={() => void install()}
      startIcon={<Icon name="install" size={20} />}
      sx={{ justifySelf: 'start' }}
    >
      Install Magpie on this device
    </Button>
  );
}
