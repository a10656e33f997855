import Button from '@mui/material/Button';
import Snackbar from '@mui/material/Snackbar';
import { closeNotice, type Notice } from './notices.ts';

/** Long enough to read twice (WCAG 2.2.1). Notices that ask for an answer stay. */
const BRIEFLY_MS = 8_000;

/** Loaded with the first notice. */
export default function NoticeBar({ notice }: { notice: Notice }) {
  const { action } = notice;
  return (
    <Snackbar
      key={notice.message}
      open
      autoHideDuration={notice.stay === 'keep' ? null : BRIEFLY_MS}
      onClose={(_event, reason) => reason !== 'clickaway' && closeNotice()}
      message={notice.message}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      // Clear of the bottom navigation on phones.
      sx={{ bottom: { xs: 'calc(72px + env(safe-area-inset-bottom))', md: 24 } }}
      action={
        <>
          {action && (
            <Button
              color="inherit"
              onClick={() => {
                closeNotice();
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <Button color="inherit" onClick={() => closeNotice()}>
            {notice.dismissLabel ?? 'Close'}
          </Button>
        </>
      }
    />
  );
}
