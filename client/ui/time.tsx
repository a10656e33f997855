import { useEffect, useState } from 'react';
import { relativeTime } from './relative-time.ts';

const TICK_MS = 30_000;

/** A moment relative to now, with the exact one on hover and for machines. */
export function Time({ at }: { at: Date }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at.toISOString()} title={at.toLocaleString()}>
      {relativeTime(at, at > now ? at : now)}
    </time>
  );
}
