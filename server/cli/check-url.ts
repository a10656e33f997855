import { Command } from 'commander';
import { checkUrl } from '../fetch/address-guard.ts';
import { OperatorError } from '../operator-error.ts';
import { answerJsonLines } from './json-lines.ts';

/** `magpie check-url`: stdin JSONL `{"url"}` → `{"allowed","reason"}`, the reason null or one of the fetcher's own. */
export function checkUrlCommand(): Command {
  return new Command('check-url')
    .description('say for each URL on stdin whether the fetcher may go there')
    .option('--json', 'one JSON object per line (the only form)')
    .addHelpText(
      'after',
      '\nReads lines of {"url": "…"}, writes lines of {"allowed": true, "reason": null}.' +
        '\nNo name is looked up: where a name leads is judged when the fetcher connects to it.',
    )
    .action(() =>
      answerJsonLines(({ url }) => {
        if (typeof url !== 'string') throw new OperatorError('it has no string "url"');
        const { allowed, reason } = checkUrl(url);
        return { allowed, reason };
      }),
    );
}
