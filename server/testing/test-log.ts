import { type Log, openLog } from '../logging/log.ts';

/** For tests that do not read the log. */
export const silentLog: Log = openLog({ level: 'silent', format: 'json' });

/** A log and the lines that were written to it, parsed. */
export function recordingLog(level: 'debug' | 'info' | 'warn' = 'info'): {
  log: Log;
  lines: Record<string, unknown>[];
  text(): string;
} {
  const lines: Record<string, unknown>[] = [];
  const texts: string[] = [];
  const write = (line: string): void => {
    texts.push(line);
    lines.push(JSON.parse(line));
  };
  return { log: openLog({ level, format: 'json' }, { write }), lines, text: () => texts.join('') };
}
