import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { textSchema } from '../../shared/api/values.ts';
import { BACKEND_CHOICES } from '../../shared/recommender/backends/choose-backend.ts';
import { MAX_FACTORS } from '../../shared/recommender/training/parameters.ts';
import type { Config } from '../config.ts';
import type { JobHandler } from '../jobs/job-queue.ts';
import { UnretryableError } from '../jobs/job-queue.ts';
import { ATTEMPTS, HISTORY } from '../jobs/limits.ts';
import { UNAVAILABLE_EXIT_CODE } from '../unavailable-error.ts';
import { lastSentence } from './last-words.ts';

/** Name of the job, and its deduplication id: one training at a time. */
export const TRAIN_JOB = 'train';

/** A training whose worker or process was killed goes on from its checkpoint by itself. */
export const TRAIN_ATTEMPTS = ATTEMPTS;

/** What an operator may choose over HTTP, by the names of `magpie train`'s flags; what is left out has its defaults. */
export const trainPayloadSchema = z
  .strictObject({
    feedback: z
      .enum(['explicit', 'implicit'])
      .optional()
      .describe('What the events are: ratings (`explicit`) or mere acts (`implicit`).'),
    algorithm: z
      .enum(['als-ncg', 'als'])
      .optional()
      .describe('ALS, or ALS accelerated by nonlinear conjugate gradients.'),
    solver: z.enum(['cholesky', 'cg']).optional().describe('Solver of the least-squares problems.'),
    backend: z
      .enum(BACKEND_CHOICES)
      .optional()
      .meta({ description: '`auto` unless told: the fastest there really is' }),
    factors: z.int().min(1).max(MAX_FACTORS).optional().describe('Factors per shopper and item.'),
    iterations: z.int().min(2).max(1000).optional().describe('Iterations at most.'),
    lambda: z.number().min(0).optional().describe('Regularisation.'),
    alpha0: z.number().min(0).optional().describe('Weight of all pairs, observed or not, for `implicit`.'),
    nu: z.number().min(0).optional().describe('Exponent of frequency in the regularisation, for `implicit`.'),
    confidence: textSchema({ max: 60 })
      .optional()
      .describe('Confidence of an observed value, for `implicit`: a number, `linear:A` or `log:A,E`.'),
    seed: z
      .int()
      .min(0)

      .optional()
      .describe('Seed of the random start.'),
    tolerance: z
      .number()
      .min(0)
      .lt(1)
      .optional()
      .describe('Training ends when the gradient norm has fallen to this share of the first.'),
    validate: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .meta({ description: 'Share that is held out; the iteration that does best on it becomes the model' }),
    promote: z
      .boolean()
      .optional()
      .describe('Whether the model answers once it is trained; `false` only registers it.'),
    patience: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'With `validate`: end after this many iterations without a better one' }),
  })
  .refine(({ validate, patience }) => patience === undefined || validate !== undefined, {
    path: ['patience'],
    error: 'goes with validate',
  })
  .meta({
    id: 'Training',
    description: 'How to train; what is left out has its default.',
    dependentRequired: { patience: ['validate'] },
  });

const cliPath = fileURLToPath(new URL('../cli.ts', import.meta.url));

/** How long a stopped training may take to end its iteration and write its checkpoint. */
const KILL_AFTER_MS = 5000;

/**
 * Trains in a child process, `magpie train --json`: the very command that operators use. Its iterations become the
 * job's progress and events, as does what else it reports (`engine`, `waiting`, `resumed`, `fallback`); its last line
 * becomes the job's result. The API's thread stays free, and a crash stays there. Tried again, a job goes on from its
 * checkpoint, and where a process whose server died has registered its model meanwhile, that is the result.
 */
export function trainHandler(config: Config): JobHandler {
  return async (job) => {
    const { promote = true, ...chosen } = trainPayloadSchema.parse(job.payload);
    const parameters = { backend: 'auto', ...chosen };
    const folder = join(config.dataDir, 'checkpoints');
    await removeForgotten(folder);
    const checkpoint = join(folder, `job-${encodeURIComponent(job.id)}.safetensors`);
    const flags = Object.entries({ ...parameters, checkpoint, run: job.id }).flatMap(([name, value]) => [
      `--${name}`,
      String(value),
    ]);
    if (!promote) flags.push('--no-promote');
    if (existsSync(checkpoint)) flags.push('--resume', 'if-possible');
    const child = spawn(process.execPath, [cliPath, 'train', '--json', ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, MAGPIE_DATA_DIR: config.dataDir, DATABASE_URL: config.databaseUrl ?? '' },
    });
    const stop = (): void => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
    };
    job.signal.addEventListener('abort', stop, { once: true });
    const exit = new Promise<[code: number | null, signal: NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (...how) => resolve(how));
    });
    const errorLines: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      errorLines.push(line);
      if (errorLines.length > 20) errorLines.shift();
    });
    let result: unknown = null;
    for await (const line of createInterface({ input: child.stdout })) {
      const message = parsed(line);
      if (message === null) errorLines.push(line);
      else if (message.event !== undefined) {
        await job.emit(message.event, message);
      } else if (message.iterations !== undefined && message.iteration !== undefined) {
        await job.emit('iteration', message);
        await job.progress(message.iteration / message.iterations);
      } else {
        result = message;
      }
    }
    const [code, signal] = await exit;
    job.signal.removeEventListener('abort', stop);
    job.signal.throwIfAborted();
    if (signal !== null) {
      throw new Error(`the training process was killed (${signal}): tried again, it goes on from its last checkpoint`);
    }
    if (code === 0) return result;
    const said = new Error(errorLines.join('\n'));
    const reason =
      lastSentence(errorLines) ??
      `the training process ended with status ${code} and did not say why: try again; the log has its last words`;
    if (code === UNAVAILABLE_EXIT_CODE) throw new Error(reason, { cause: said });
    throw new UnretryableError(reason, { cause: said });
  };
}

function parsed(line: string): { event?: string; iteration?: number; iterations?: number } | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Removes the checkpoints of jobs that cannot be tried again. */
async function removeForgotten(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const path of names.filter((name) => name.startsWith('job-')).map((name) => join(folder, name))) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > HISTORY.maxAgeMs) await rm(path, { force: true });
  }
}
