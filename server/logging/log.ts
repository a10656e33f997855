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

/** @param destination stderr unless given. */
export function openLog({ level, format }: LogConfig, destination: DestinationStream = openStderr()): Log {
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

/**
 * The lines of one turn of the event loop are one write, since a system call takes half of the time that a line does. They
 * are written by the turn's end, and at the process's, so that a crash loses at most what it interrupted.
 */
function openStderr(): DestinationStream {
  const stderr = pino.destination({ dest: process.stderr.fd, sync: true });
  let lines = '';
  const flush = () => {
    const written = lines;
    lines = '';
    if (written !== '') stderr.write(written);
  };
  process.once('exit', flush);
  return {
    write(line) {
      if (lines === '') setImmediate(flush);
      lines += line;
    },
  };
}
