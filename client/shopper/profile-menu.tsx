import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { Link } from 'react-router';
import { PAGES } from '../page-paths.ts';
import { ShopperSwitch } from './shopper-switch.tsx';

interface ProfileMenuProps {
  anchor: HTMLElement;
  onClose: () => void;
}

/** The menu of the button in the top bar, loaded when it is first opened. */
export default function ProfileMenu({ anchor, onClose }: ProfileMenuProps) {
  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-label': 'Who is shopping',
          sx: { padding: 2.5, border: 1, borderColor: 'divider', inlineSize: 340 },
        },
      }}
    >
      <ShopperSwitch onSwitched={onClose} />
      <Button component={Link} to={PAGES.you} onClick={onClose} sx={{ marginBlockStart: 2, marginInlineStart: -1 }}>
        Your ratings, purchases and settings
      </Button>
    </Popover>
  );
}
