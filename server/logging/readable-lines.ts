import type { DestinationStream } from 'pino';
import { visibleLine, visibleText } from '../../shared/text/visible-text.ts';
import type { ErrorFields } from './error-fields.ts';

interface LogLine {
  level: string;
  time: string;
  msg?: string;
  pid: number;
  err?: ErrorFields;
  [field: string]: unknown;
}

/** Rewrites JSON lines for people: `magpie: a picture could not be kept: no space left (request_id=…)`. */
export function readableLines(destination: DestinationStream): DestinationStream {
  return { write: (json) => destination.write(readable(JSON.parse(json))) };
}

function readable({ level, time: _time, pid: _pid, msg = '', err, ...fields }: LogLine): string {
  const details = Object.entries(fields).map(([name, value]) => `${name}=${visibleLine(String(value))}`);
  const sentence = visibleLine([msg, err?.message].filter(Boolean).join(': '));
  // Only an error that nothing foresaw is worth its stack.
  const stack = level === 'error' && err?.stack !== undefined ? `\n${visibleText(err.stack)}` : '';
  return `magpie: ${sentence}${details.length === 0 ? '' : ` (${details.join(', ')})`}${stack}\n`;
}
