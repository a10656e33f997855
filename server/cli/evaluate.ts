import { Command } from 'commander';
import { evaluateRanking, evaluateRatings } from '../../shared/recommender/evaluation/evaluation.ts';
import { trainModel } from '../../shared/recommender/training/train-model.ts';
import { datasetOfRatings, feedbackOf, type Ratings, readRatingsFile } from '../import/ratings-csv.ts';
import { OperatorError } from '../operator-error.ts';
import { asOperatorError } from '../training/training-errors.ts';
import { ENCODING_HELP } from './encoding-help.ts';
import { withNativeOutputCaught } from './native-output.ts';
import { openEngine } from './open-engine.ts';
import { printJson, tellLine } from './output.ts';
import { progressBar } from './progress.ts';
import { addTrainingOptions, splitByFlags, type TrainingFlags, trainingParameters } from './training-options.ts';

interface EvaluateFlags extends TrainingFlags {
  train: string;
  test: string;
  encoding?: string;
  k: number;
  json: boolean;
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description(
      'train on one file and judge on another: RMSE for explicit feedback, recall, NDCG and MAP at k for implicit; no store is touched',
    )
    .requiredOption('--train <file>', 'CSV user_id,item_id,rating[,timestamp], .gz too')
    .requiredOption('--test <file>', 'CSV of the held-out part, in the same form')
    .option('--encoding <name>', ENCODING_HELP)
    .option('--k <n>', 'length of the ranking that is judged', Number, 20)
    .option('--json', 'one object on stdout', false);
  return addTrainingOptions(command).action((flags: EvaluateFlags) =>
    withNativeOutputCaught(flags.backend, () => evaluate(flags)),
  );
}

async function evaluate(flags: EvaluateFlags): Promise<void> {
  if (!(Number.isInteger(flags.k) && flags.k > 0)) throw new OperatorError('--k must be a whole number above 0');
  const train = await readWithProgress(flags.train, flags.encoding);
  const test = await readWithProgress(flags.test, flags.encoding);
  const feedback = flags.feedback ?? feedbackOf(train);
  const parameters = trainingParameters({ ...flags, feedback });
  const dataset = datasetOfRatings(train, feedback);
  const split = splitByFlags(dataset, parameters, flags);

  const { backend, fallbacks, adapterName, reason, close } = await openEngine(flags, parameters, (adapter) =>
    console.error(`waiting until another training is done with ${adapter}`),
  );
  const bar = progressBar('training', 'iterations');
  const { model, reports, engine, engines, chosenIteration } = await trainModel(split.train, parameters, {
    backend,
    fallbacks,
    ...(split.heldOut && { validation: split.heldOut.validation }),
    onIteration: ({ iteration }) => bar.update(iteration, parameters.iterations),
  })
    .catch((error) => {
      throw asOperatorError(error);
    })
    .finally(() => {
      bar.stop();
      close();
    });
  const { seconds } = reports.at(-1)!;
  const about = { seconds, feedback, engine, adapter: adapterName, engine_reason: reason, engines };
  const trained = `trained in ${seconds.toFixed(2)} s on ${engine}${flags.backend === 'auto' ? ` (${reason})` : ''}`;

  if (feedback === 'explicit') {
    const rmse = evaluateRatings(model, dataset, test);
    if (flags.json) printJson({ rmse, ...about, chosen_iteration: chosenIteration });
    else console.log(`RMSE ${rmse.toFixed(4)} · ${trained}`);
    return;
  }
  const judging = progressBar('judging', 'users');
  const { recall, ndcg, map, users } = await evaluateRanking(model, dataset, test, flags.k, judging.update).finally(
    () => judging.stop(),
  );
  if (flags.json) printJson({ recall, ndcg, map, users, k: flags.k, ...about, chosen_iteration: chosenIteration });
  else {
    const [r, n, m] = [recall, ndcg, map].map((value) => value.toFixed(4));
    console.log(`Recall@${flags.k} ${r} · NDCG@${flags.k} ${n} · MAP@${flags.k} ${m} · ${users} users · ${trained}`);
  }
}

async function readWithProgress(path: string, encoding: string | undefined): Promise<Ratings> {
  const bar = progressBar(`reading ${path}`, 'bytes');
  return readRatingsFile(path, { encoding, onProgress: bar.update, onWait: tellLine }).finally(() => bar.stop());
}
