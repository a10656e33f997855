import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import {
  ModelFileError,
  readTensors,
  type Tensor,
  type TensorFile,
  tensorNamed,
  writeTensors,
} from '../../shared/recommender/model/safetensors.ts';
import type { Checkpoint } from '../../shared/recommender/training/checkpoint.ts';
import type { Factors } from '../../shared/recommender/training/compute-backend.ts';
import type { TrainingParameters } from '../../shared/recommender/training/parameters.ts';
import { makeFolder } from '../make-folder.ts';
import { OperatorError } from '../operator-error.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

const FORMAT = 'magpie-checkpoint-1';

/** What a training was asked for, and on which data: a checkpoint of another one is of no use. */
export interface TrainingTask {
  parameters: TrainingParameters;
  /** Share that is held out; null without validation. */
  validate: number | null;
  /** See data-fingerprint.ts. */
  data: string;
  /** Position of the store's last event that counts; null for a file of ratings. */
  eventsUpTo: number | null;
}

const stateSchema = z.object({
  iteration: z.int().min(0),
  initialGradientNorm: z.number().min(0),
  restarts: z.int().min(0),
  seconds: z.number().min(0),
  engines: z.array(z.object({ engine: z.string(), from: z.int(), to: z.int() })),
  best: z.object({ iteration: z.int(), score: z.number() }).nullable(),
});

const taskSchema = z.object({
  // Only ever compared, field by field.
  parameters: z.record(z.string(), z.unknown()),
  validate: z.number().nullable(),
  data: z.string(),
  eventsUpTo: z.int().nullable(),
});

export interface SavedTraining {
  checkpoint: Checkpoint;
  task: z.infer<typeof taskSchema>;
}

/**
 * Keeps a checkpoint, in place of the one before: a safetensors file of the factors, with the rest as JSON beside them.
 * @throws StoreFullError when the disk is full; the checkpoint before it stays.
 */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint, task: TrainingTask): Promise<void> {
  const { factors, best, ...state } = checkpoint;
  const bytes = writeTensors({
    tensors: new Map([...tensorsOf(factors, '', task), ...(best ? tensorsOf(best.factors, 'best_', task) : [])]),
    metadata: new Map([
      ['format', FORMAT],
      ['state', JSON.stringify({ ...state, best: best && { iteration: best.iteration, score: best.score } })],
      ['task', JSON.stringify(task)],
    ]),
  });
  makeFolder(dirname(path));
  await writeFileAtomically(path, bytes);
}

/** @throws OperatorError when there is none, or the file is something else. */
export async function readCheckpoint(path: string): Promise<SavedTraining> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new OperatorError(
      cause.code === 'ENOENT'
        ? `there is no checkpoint to go on from at ${path}: train without --resume to begin anew`
        : `the checkpoint ${path} cannot be read: ${cause.message}`,
      { cause },
    );
  });
  try {
    const file = readTensors(bytes);
    const { metadata } = file;
    if (metadata.get('format') !== FORMAT) throw new ModelFileError(`its format is not "${FORMAT}"`);
    const { best, ...state } = stateSchema.parse(JSON.parse(metadata.get('state') ?? 'null'));
    const task = taskSchema.parse(JSON.parse(metadata.get('task') ?? 'null'));
    const checkpoint = {
      ...state,
      factors: factorsOf(file, ''),
      best: best && { ...best, factors: factorsOf(file, 'best_') },
    };
    return { checkpoint, task };
  } catch (cause) {
    throw new OperatorError(
      `${path} is not a checkpoint that can be read: ${cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message}`.replaceAll(
        '\n',
        ' ',
      ),
      { cause },
    );
  }
}

/** Only how long a training goes on may change while it rests. */
const MAY_DIFFER: ReadonlySet<string> = new Set(['iterations', 'tolerance']);

/** @throws OperatorError that names what differs between the training that was saved and the one that shall go on. */
export function checkSameTask(path: string, { task: saved }: SavedTraining, task: TrainingTask): void {
  const refuse = (what: string): never => {
    throw new OperatorError(`the checkpoint ${path} is of a training ${what}. Train without --resume to begin anew`);
  };
  for (const [name, wanted] of Object.entries(task.parameters)) {
    const was = saved.parameters[name];
    if (was !== wanted && !MAY_DIFFER.has(name)) {
      refuse(`with ${name.replace(/^nFactors$/, 'factors')} ${JSON.stringify(was)}, not ${JSON.stringify(wanted)}`);
    }
  }
  if (saved.validate !== task.validate) {
    const shown = (share: number | null): string => (share === null ? 'no validation' : `validate ${share}`);
    refuse(`with ${shown(saved.validate)}, not ${shown(task.validate)}`);
  }
  if (saved.data !== task.data) refuse('on other data');
}

function tensorsOf(
  { users, items }: Factors,
  prefix: string,
  { parameters: { nFactors } }: TrainingTask,
): [string, Tensor][] {
  const tensor = (factors: Float32Array | Float64Array): Tensor => ({
    shape: [factors.length / nFactors, nFactors],
    data: Float32Array.from(factors),
  });
  return [
    [`${prefix}user_factors`, tensor(users)],
    [`${prefix}item_factors`, tensor(items)],
  ];
}

function factorsOf(file: TensorFile, prefix: string): Factors {
  const [users, items] = ['user_factors', 'item_factors'].map((name) => tensorNamed(file, `${prefix}${name}`, 'F32'));
  return { users: users!.data, items: items!.data };
}
