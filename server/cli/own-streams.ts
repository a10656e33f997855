/**
 * Loaded first in a process that `native-output.ts` starts: stdout and stderr become descriptors 3 and 4, so that 1 and 2
 * are left to native code.
 */
import { fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { isatty, WriteStream } from 'node:tty';
import { inspect } from 'node:util';

/** What Node makes of descriptors 1 and 2: a terminal, a pipe, or a file. */
function streamTo(fd: number): Writable {
  if (isatty(fd)) return new WriteStream(fd);
  const stats = fstatSync(fd);
  if (stats.isFIFO() || stats.isSocket()) return new Socket({ fd, readable: false, writable: true });
  return new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      try {
        for (let written = 0; written < chunk.length; ) written += writeSync(fd, chunk, written);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

Object.defineProperty(process, 'stdout', { value: streamTo(3) });
Object.defineProperty(process, 'stderr', { value: streamTo(4) });

// Node itself writes both of these to descriptor 2.
process.on('uncaughtExceptionMonitor', (error) => writeSync(4, `${inspect(error)}\n`));
process.on('warning', ({ name, message }) => console.error(`${name}: ${message}`));

// Whoever started this process was killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
