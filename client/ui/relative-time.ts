import { LANGUAGE } from './language.ts';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** e.g. `3 minutes ago`; under a minute it is `just now`. A moment that lies ahead (a wrong clock) counts as now. */
export function relativeTime(moment: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - moment.getTime()) / 1000);
  for (const [unit, unitSeconds] of UNITS) {
    if (seconds >= unitSeconds) {
      return new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'always' }).format(
        -Math.floor(seconds / unitSeconds),
        unit,
      );
    }
  }
  return 'just now';
}
