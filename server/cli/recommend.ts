import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { toWireRecommendations } from '../api/recommendations-wire.ts';
import { readConfig } from '../config.ts';
import { openCommandLog } from '../logging/log.ts';
import { OperatorError } from '../operator-error.ts';
import { type RecommendedItem, Recommender } from '../recommendations/recommender.ts';
import { printJson, printLine } from './output.ts';
import { recommendToAll } from './recommend-all.ts';
import { withStore } from './with-store.ts';

export function recommendCommand(): Command {
  return new Command('recommend')
    .description('the items that suit a shopper best, with the reasons; or those of all shoppers, as a file')
    .option('--user <id>', 'the shopper')
    .option('--all', 'every shopper of the current model; needs --out', false)
    .option('--out <file>', 'with --all: the CSV user_id,rank,item_id,score that is written')
    .option('-n, --limit <n>', 'how many', readLimit, 10)
    .option('--json', 'print the answer of GET /recommendations', false)
    .action(async (flags: { user?: string; all: boolean; out?: string; limit: number; json: boolean }) => {
      const { user, all, out, ...rest } = flags;
      if (all) {
        if (out === undefined || user !== undefined)
          throw new OperatorError('--all goes with --out FILE, where the lists are written, and without --user');
        return recommendToAll({ ...rest, out });
      }
      if (user === undefined || out !== undefined)
        throw new OperatorError('say for whom: --user ID, or --all --out FILE for everybody');
      const config = readConfig();
      await withStore(config, async (store) => {
        const recommender = new Recommender(store, join(config.dataDir, 'models'), openCommandLog(config.log));
        const answer = await recommender.recommend(user, flags.limit, { unlisted: true });
        if (flags.json) return printJson(toWireRecommendations(answer, (image) => image));
        if (answer.fallback !== null) {
          printLine(
            answer.modelVersion === null
              ? 'There is no model yet ("magpie train" makes one): these are what most people like.'
              : `The model has nothing personal for shopper ${user} (no events that it was trained on, or nothing unseen is left): these are what most people like.`,
          );
        }
        if (answer.items.length === 0)
          printLine('There is nothing to recommend yet: "magpie import events" brings some.');
        for (const [i, item] of answer.items.entries()) printLine(describe(i + 1, item));
      });
    });
}

function describe(rank: number, item: RecommendedItem): string {
  const verbs = { purchase: 'bought', rating: 'rated', view: 'looked at' };
  const reasons = item.reasons.flatMap((reason) =>
    reason.kind === 'because_of' ? [`you ${verbs[reason.event]} ${reason.title}`] : [],
  );
  const because = reasons.length > 0 ? `\n      because ${reasons.join(' and ')}` : '';
  return `${String(rank).padStart(3)}. ${item.title}  (${item.score.toFixed(3)})${because}`;
}

function readLimit(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 1000)
    throw new InvalidArgumentError('it must be a whole number from 1 to 1000.');
  return n;
}
