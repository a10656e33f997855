import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { OperatorError } from '../operator-error.ts';
import { decoded } from './decoded.ts';

/** How a file that a command names is read. */
export interface InputOptions {
  /** As `--encoding` gives it; without it a byte order mark, an XML declaration or UTF-8 decides. */
  encoding?: string | undefined;
  /** Bytes of the file read so far, and in all. */
  onProgress?: ((readBytes: number, totalBytes: number) => void) | undefined;
  /** Called with a sentence when a named pipe has had no writer for a second. */
  onWait?: ((sentence: string) => void) | undefined;
  /** Ends the wait for a writer. */
  signal?: AbortSignal | undefined;
}

/** A writer that is there already has opened its end by then. */
const TELL_WAIT_AFTER_MS = 1000;

/**
 * A file's text in pieces, gunzipped where its name ends in `.gz`; memory does not grow with the file.
 * @throws OperatorError where there is no such file, or its text is not in the encoding; the reason of `signal`
 */
export async function* textOf(path: string, options: InputOptions): AsyncGenerator<string> {
  const stats = await stat(path).catch((cause) => {
    throw new OperatorError(`${path} cannot be read: there is no such file`, { cause });
  });
  if (stats.isDirectory()) throw new OperatorError(`${path} cannot be read: it is a folder`);
  const handle = stats.isFIFO() ? await openPipe(path, options) : await open(path);
  const bytes = counted(handle, stats, options);
  yield* decoded(path.endsWith('.gz') ? unzipped(bytes) : bytes, path, options.encoding);
}

/** Waits until a writer has opened the named pipe. */
async function openPipe(path: string, { onWait, signal }: InputOptions): Promise<FileHandle> {
  signal?.throwIfAborted();
  const timer = setTimeout(() => onWait?.(`waiting for a writer at ${path}`), TELL_WAIT_AFTER_MS);
  // The kernel holds the thread that opens the pipe until there is a writer: here is one.
  const release = (): void =>
    void open(path, constants.O_WRONLY | constants.O_NONBLOCK).then((writer) => writer.close());
  signal?.addEventListener('abort', release, { once: true });
  try {
    const handle = await open(path);
    if (!signal?.aborted) return handle;
    await handle.close();
    throw signal.reason;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', release);
  }
}

async function* counted(handle: FileHandle, { size }: Stats, { onProgress }: InputOptions): AsyncGenerator<Buffer> {
  let readBytes = 0;
  for await (const chunk of handle.createReadStream() as AsyncIterable<Buffer>) {
    readBytes += chunk.length;
    onProgress?.(readBytes, size);
    yield chunk;
  }
}

function unzipped(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  // The error of a broken archive reaches the reader of the last stream.
  return pipeline(bytes, createGunzip(), () => {});
}
