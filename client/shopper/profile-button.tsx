import Button from '@mui/material/Button';
import { lazy, Suspense, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { useShopper } from './shopper-context.tsx';

const ProfileMenu = lazy(() => import('./profile-menu.tsx'));

export function ProfileButton() {
  const shopper = useShopper();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        color="inherit"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        startIcon={<Icon name="person" />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ whiteSpace: 'nowrap' }}
      >
        {shopper.name}
      </Button>
      {anchor !== null && (
        <Suspense>
          <ProfileMenu anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
