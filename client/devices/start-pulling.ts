import { connection } from '../api/connection.ts';
import { pullChanges } from '../offline/pull-changes.ts';
import { source } from '../offline/server.ts';
import { mayBeLinked } from './links.ts';

const EVERY_MS = 8_000;

/**
 * Takes over what the shopper's other devices rated, bought and watch: when the page is opened or shown again, and where there
 * may be other devices every few seconds as long as it is shown. @returns stops it
 */
export function startPulling(): () => void {
  let isPulling = false;
  const pull = (): void => {
    if (isPulling || document.visibilityState !== 'visible' || connection() === 'offline') return;
    isPulling = true;
    pullChanges(source)
      .catch((error: unknown) => console.warn('What other devices did is not shown yet:', error))
      .finally(() => {
        isPulling = false;
      });
  };
  const timer = setInterval(() => mayBeLinked() && pull(), EVERY_MS);
  document.addEventListener('visibilitychange', pull);
  pull();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', pull);
  };
}
