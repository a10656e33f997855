import Button from '@mui/material/Button';
import { lazy, Suspense, useEffect, useState } from 'react';
import { asError } from '../api/http.ts';
import { DataDialog } from '../your-data/data-dialog.tsx';
import { linkAddress } from './link-address.ts';
import { newCode } from './links.ts';
import styles from './your-devices.module.css';

const QrCode = lazy(() => import('./qr-code.tsx'));

interface CodeDialogProps {
  kind: 'link' | 'recovery';
  onClose: () => void;
}

/** A new code, made when this opens: to be typed or scanned by the device that joins, or to be kept. */
export default function CodeDialog({ kind, onClose }: CodeDialogProps) {
  const { code, failure } = useNewCode(kind);
  return (
    <DataDialog
      title={kind === 'link' ? 'Link another device' : 'Recovery code'}
      onClose={onClose}
      actions={
        <>
          {kind === 'recovery' && code !== null && <KeepButtons code={code} />}
          <Button autoFocus variant="contained" className={styles.target} onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <p>
        {kind === 'link'
          ? 'Scan this on the other device, or open Magpie there: You, “I have a code”. It works once, for ten minutes.'
          : 'If you lose all your devices, this code brings your ratings, purchases and watches to a new one. It works once, is shown only now, and replaces an earlier one. Keep it where you keep passwords.'}
      </p>
      <p role="status" className={failure === null ? styles.code : styles.failure}>
        {failure ?? code ?? '…'}
      </p>
      {kind === 'link' && code !== null && (
        <Suspense>
          <QrCode text={linkAddress(code)} label={`QR code with the code ${code}`} />
        </Suspense>
      )}
    </DataDialog>
  );
}

/** No query: each asking makes another code, which replaces the one that is shown. */
function useNewCode(kind: CodeDialogProps['kind']): { code: string | null; failure: string | null } {
  const [made, setMade] = useState<{ code: string | null; failure: string | null }>({ code: null, failure: null });
  useEffect(() => {
    let isWanted = true;
    newCode(kind)
      .then(({ code }) => ({ code, failure: null }))
      .catch((error: unknown) => ({ code: null, failure: asError(error).message }))
      .then((outcome) => isWanted && setMade(outcome));
    return () => {
      isWanted = false;
    };
  }, [kind]);
  return made;
}

function KeepButtons({ code }: { code: string }) {
  const [outcome, setOutcome] = useState('Copy');
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => setOutcome('Copied'),
      () => setOutcome('Not copied'),
    );
  return (
    <>
      <Button className={styles.target} onClick={() => void copy()}>
        {outcome}
      </Button>
      <Button className={styles.target} onClick={() => print()}>
        Print
      </Button>
    </>
  );
}
