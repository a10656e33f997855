import { type Command, InvalidArgumentError, Option } from 'commander';
import { BACKEND_CHOICES, type BackendChoice } from '../../shared/recommender/backends/choose-backend.ts';
import { splitForValidation } from '../../shared/recommender/evaluation/validation-split.ts';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import type { RowSolverName } from '../../shared/recommender/training/compute-backend.ts';
import {
  type Algorithm,
  checkParameters,
  defaultParameters,
  type Feedback,
  MAX_FACTORS,
  type TrainingParameters,
} from '../../shared/recommender/training/parameters.ts';
import { OperatorError } from '../operator-error.ts';
import type { Training } from '../training/run.ts';

/** The flags that `train` and `evaluate` share, as commander hands them over. */
export interface TrainingFlags {
  feedback?: Feedback;
  factors?: number;
  iterations?: number;
  lambda?: number;
  alpha0?: number;
  nu?: number;
  confidence?: string;
  algorithm?: Algorithm;
  solver?: RowSolverName;
  backend: BackendChoice;
  threads?: number;
  seed?: number;
  tolerance?: number;
  validate?: number;
  patience?: number;
}

const EXPLICIT = defaultParameters('explicit');
const IMPLICIT = defaultParameters('implicit');

/** Adds the flags of training to a command. */
export function addTrainingOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--feedback <kind>',
        'explicit: values are opinions, to be predicted; implicit: values count events, to be ranked by (default for a file: explicit if its ratings differ, implicit if they are all the same)',
      ).choices(['explicit', 'implicit']),
    )
    .option('--factors <n>', `factors per user and item, 1 to ${MAX_FACTORS} ${defaults('nFactors')}`, wholeNumber)
    .option(
      '--iterations <n>',
      `sweeps over the data, the start’s two plain ones included ${defaults('iterations')}`,
      wholeNumber,
    )
    .option('--lambda <x>', `regularisation ${defaults('lambda')}`, number)
    .option('--alpha0 <x>', `weight of all pairs, observed or not; implicit only (default: ${IMPLICIT.alpha0})`, number)
    .option('--nu <x>', `exponent of frequency in the regularisation; implicit only (default: ${IMPLICIT.nu})`, number)
    .option(
      '--confidence <spec>',
      'confidence of an observed value; implicit only: a number, linear:A for 1 + A·value, log:A,E for 1 + A·ln(1 + value/E) (default: 1)',
    )
    .addOption(
      new Option(
        '--algorithm <name>',
        'conjugate gradients over alternating least squares, or those alone (default: als-ncg)',
      ).choices(['als-ncg', 'als']),
    )
    .addOption(
      new Option(
        '--solver <name>',
        `how a sweep solves a row: exactly, or by a few conjugate gradient steps ${defaults('solver')}`,
      ).choices(['cholesky', 'cg']),
    )
    .addOption(
      new Option('--backend <name>', 'what computes; auto takes the fastest that this machine has')
        .choices(BACKEND_CHOICES)
        .default('auto'),
    )
    .option('--threads <n>', 'threads of the threads backend (default: one per core)', wholeNumber)
    .option('--seed <n>', 'seed of the random start (default: 1)', wholeNumber)
    .option(
      '--tolerance <x>',
      'stop when the gradient norm has fallen to this share of the start’s (default: 0)',
      number,
    )
    .option(
      '--validate <share>',
      'hold out this share of the data, and keep the iteration that does best on it: by RMSE (explicit) or NDCG@20 (implicit)',
      number,
    )
    .option('--patience <n>', 'with --validate: stop after this many iterations without a better one', wholeNumber);
}

/** The parameters that the flags ask for, and the defaults of the rest. @throws OperatorError that names a value out of range */
export function trainingParameters(flags: TrainingFlags & { feedback: Feedback }): TrainingParameters {
  if (flags.patience !== undefined && flags.validate === undefined)
    throw new OperatorError(
      '--patience goes with --validate: without held-out data nothing tells whether a model gets better',
    );
  return told(() => {
    const parameters = parametersOf(flags);
    checkParameters(parameters);
    return parameters;
  });
}

/** What to train on, and what to validate with if the flags say so. @throws OperatorError when there is too little data */
export function splitByFlags(
  dataset: Dataset,
  parameters: TrainingParameters,
  { validate, patience }: TrainingFlags,
): Pick<Training, 'train' | 'heldOut'> {
  if (validate === undefined) return { train: dataset, heldOut: null };
  const { train, validation } = told(() => splitForValidation(dataset, parameters, validate, patience));
  return { train, heldOut: { validation, share: validate } };
}

/** Names a value out of range by its flag. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError)
      throw new OperatorError(error.message.replace(/^nFactors/, 'factors'), { cause: error });
    throw error;
  }
}

function parametersOf(flags: TrainingFlags & { feedback: Feedback }): TrainingParameters {
  const usual = defaultParameters(flags.feedback);
  return {
    feedback: flags.feedback,
    algorithm: flags.algorithm ?? usual.algorithm,
    solver: flags.solver ?? usual.solver ?? 'cholesky',
    nFactors: flags.factors ?? usual.nFactors,
    iterations: flags.iterations ?? usual.iterations,
    lambda: flags.lambda ?? usual.lambda,
    alpha0: flags.alpha0 ?? usual.alpha0,
    nu: flags.nu ?? usual.nu,
    confidence: flags.confidence ?? usual.confidence,
    seed: flags.seed ?? usual.seed,
    tolerance: flags.tolerance ?? usual.tolerance,
  };
}

function defaults(name: 'nFactors' | 'iterations' | 'lambda' | 'solver'): string {
  return `(default: ${EXPLICIT[name]} explicit, ${IMPLICIT[name]} implicit)`;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(text);
}

function number(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
