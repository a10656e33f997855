import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type ReactNode, useId } from 'react';
import styles from './your-data.module.css';

interface DataDialogProps {
  title: string;
  /** By Escape, or a press beside the dialog. */
  onClose: () => void;
  children: ReactNode;
  actions: ReactNode;
}

/** A dialog whose whole text is read out when it opens. */
export function DataDialog({ title, onClose, children, actions }: DataDialogProps) {
  const [titleId, textId] = [useId(), useId()];
  return (
    <Dialog
      open
      fullWidth
      onClose={onClose}
      aria-labelledby={titleId}
      aria-describedby={textId}
      slotProps={{ paper: { sx: { border: 1, borderColor: 'divider', backgroundImage: 'none', margin: 2 } } }}
    >
      <DialogTitle id={titleId} sx={{ fontWeight: 700 }}>
        {title}
      </DialogTitle>
      <DialogContent id={textId} className={styles.dialog}>
        {children}
      </DialogContent>
      <DialogActions className={styles.actions}>{actions}</DialogActions>
    </Dialog>
  );
}
