import type { TrainingResult } from '../../shared/recommender/training/training-result.ts';

/** What a person reads whose training was stopped: where it was, and the command line that goes on from there. */
export function stoppedSentence({ reports }: TrainingResult, checkpoint: string | undefined): string {
  const at = `stopped at iteration ${reports.at(-1)!.iteration}; no model was written`;
  if (checkpoint === undefined) return `${at}, and nothing kept: with --checkpoint FILE a stopped training can go on`;
  const args = process.argv
    .slice(2)
    .filter((arg, i, all) => arg !== '--resume' && !(arg === 'if-possible' && all[i - 1] === '--resume'));
  return `${at}. To go on: magpie ${args.map(quoted).join(' ')} --resume`;
}

/** As a shell reads it. */
function quoted(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
}
