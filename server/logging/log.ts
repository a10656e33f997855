import { type DestinationStream, type Logger, pino } from 'pino';
import { serializeError } from './error-fields.ts';
import { escapeInvisible } from './escape-invisible.ts';
import { readableLines } from './readable-lines.ts';
import { redactSecrets, SECRET_FIELDS } from './redact.ts';

export type Log = Logger;

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export const LOG_FORMATS = ['json', 'text'] as const;

/** What the operator chose; null leaves it to where the lines go. */
export interface LogConfig {
  level: (typeof LOG_LEVELS)[number] | null;
  format: (typeof LOG_FORMATS)[number] | null;
}

/** The log of a server: JSON lines on stderr, from `info`; short sentences from `warn` where stderr is a terminal. */
export function openServerLog(config: LogConfig): Log {
  return openLog({ ...config, format: config.format ?? (process.stderr.isTTY ? 'text' : 'json') });
}

/** The log of a command, whose stderr people read: short sentences from `warn`, unless something else was chosen. */
export function openCommandLog(config: LogConfig): Log {
  return openLog({ ...config, format: config.format ?? 'text' });
}

/** @param destination stderr unless given. It is written to at once, so that a crash loses no line. */
export function openLog(
  { level, format }: LogConfig,
  destination: DestinationStream = pino.destination({ dest: process.stderr.fd, sync: true }),
): Log {
  const isText = format === 'text';
  return pino(
    {
      level: level ?? (isText ? 'warn' : 'info'),
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
      redact: { paths: SECRET_FIELDS, censor: '[redacted]' },
      hooks: { streamWrite: (line) => escapeInvisible(redactSecrets(line)) },
    },
    isText ? readableLines(destination) : destination,
  );
}
