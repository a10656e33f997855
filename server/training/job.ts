import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { JobHandler } from '../jobs/job-queue.ts';
import { UnretryableError } from '../jobs/job-queue.ts';

/** Name of the job, and its deduplication id: one training at a time. */
export const TRAIN_JOB = 'train';

/** What an operator may choose over HTTP; the rest are `magpie train`'s defaults. */
export const trainPayloadSchema = z
  .object({
    feedback: z.enum(['explicit', 'implicit']).optional(),
    algorithm: z.enum(['als-ncg', 'als']).optional(),
    factors: z.int().min(1).max(128).optional(),
    iterations: z.int().min(1).max(1000).optional(),
    lambda: z.number().min(0).optional(),
    seed: z.int().min(0).optional(),
  })
  .meta({ id: 'Training' });

const cliPath = fileURLToPath(new URL('../cli.ts', import.meta.url));

/** How long a stopped training may take to end by itself. */
const KILL_AFTER_MS = 5000;

/**
 * Trains in a child process, `magpie train --json`: the very command that operators use. Its iterations become the
 * job's progress and events, its last line the job's result. The API's thread stays free, and a crash stays there.
 */
export function trainHandler(config: Config): JobHandler {
  return async (job) => {
    const parameters = trainPayloadSchema.parse(job.payload);
    const flags = Object.entries(parameters).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(process.execPath, [cliPath, 'train', '--json', ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, MAGPIE_DATA_DIR: config.dataDir, DATABASE_URL: config.databaseUrl ?? '' },
    });
    const stop = (): void => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
    };
    job.signal.addEventListener('abort', stop, { once: true });
    const exit = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const errorLines: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      errorLines.push(line);
      if (errorLines.length > 20) errorLines.shift();
    });
    let result: unknown = null;
    for await (const line of createInterface({ input: child.stdout })) {
      const message = JSON.parse(line) as { iteration?: number; iterations?: number };
      if (message.iteration === undefined) {
        result = message;
        continue;
      }
      await job.emit('iteration', message);
      if (message.iterations) await job.progress(message.iteration / message.iterations);
    }
    const code = await exit;
    job.signal.removeEventListener('abort', stop);
    job.signal.throwIfAborted();
    if (code !== 0) throw new UnretryableError(errorLines.at(-1) ?? `the training process ended with status ${code}`);
    return result;
  };
}
