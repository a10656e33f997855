import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Dataset } from '../../shared/recommender/interactions.ts';
import { writeFactorModel } from '../../shared/recommender/safetensors.ts';
import { trainModel } from '../../shared/recommender/train-model.ts';
import type { IterationReport, TrainingParameters, TrainingResult } from '../../shared/recommender/training.ts';
import { type Config, readConfig } from '../config.ts';
import { datasetFromRatings } from '../import/ratings-csv.ts';
import type { Store } from '../store/store.ts';
import { datasetFromStore } from '../training/dataset.ts';
import { CliError, printJson } from './output.ts';
import { progressBar } from './progress.ts';
import { addTrainingOptions, openBackend, type TrainingFlags, trainingParameters } from './training-options.ts';
import { withStore } from './with-store.ts';

interface TrainFlags extends TrainingFlags {
  ratings?: string;
  out?: string;
  json: boolean;
}

export function trainCommand(): Command {
  const command = new Command('train')
    .description('train a model on the store’s events and make it the current one, or on a file of ratings')
    .option('--ratings <file>', 'train on this CSV (user_id,item_id,rating[,timestamp], .gz too) instead of the store')
    .option('--out <file>', 'write the model there too; with --ratings, there only')
    .option('--json', 'one object per iteration on stdout, then the result', false);
  return addTrainingOptions(command).action(run);
}

async function run(flags: TrainFlags): Promise<void> {
  const { ratings } = flags;
  if (ratings !== undefined) {
    if (flags.out === undefined)
      throw new CliError('with --ratings, say where the model goes: --out model.safetensors');
    const dataset = await datasetFromRatings(ratings);
    await train(dataset, flags, null);
    return;
  }
  const config = readConfig();
  await withStore(config, async (store) => {
    const parameters = trainingParameters(flags, 'implicit');
    const bar = progressBar('reading events', 'events');
    const dataset = await datasetFromStore(store, parameters.feedback, bar.update).finally(() => bar.stop());
    if (dataset.interactions.byUser.cols.length === 0) {
      throw new CliError(
        'there are no events to train on: "magpie import events" brings some, "magpie serve" the demo’s',
      );
    }
    await train(dataset, flags, { store, config });
  });
}
