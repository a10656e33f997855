import { Command } from 'commander';
import { parseRobots } from '../fetch/robots-parser.ts';
import { OperatorError } from '../operator-error.ts';
import { answerJsonLines } from './json-lines.ts';

/** `magpie check-robots`: stdin JSONL `{"robots_txt","user_agent","url"}` → `{"allowed","crawl_delay"}` (seconds or null). */
export function checkRobotsCommand(): Command {
  return new Command('check-robots')
    .description('say for each robots.txt, crawler and URL on stdin whether it may be fetched (RFC 9309)')
    .option('--json', 'one JSON object per line (the only form)')
    .addHelpText(
      'after',
      '\nReads lines of {"robots_txt": "…", "user_agent": "…", "url": "…"},' +
        '\nwrites lines of {"allowed": true, "crawl_delay": null}; the delay is in seconds.',
    )
    .action(() =>
      answerJsonLines((row) => {
        const robots = parseRobots(text(row, 'robots_txt'));
        const userAgent = text(row, 'user_agent');
        const allowed = robots.isAllowed(userAgent, text(row, 'url'));
        return { allowed, crawl_delay: robots.crawlDelaySeconds(userAgent) };
      }),
    );
}

function text(row: Record<string, unknown>, key: string): string {
  const value = row[key];
  if (typeof value !== 'string') throw new OperatorError(`it has no string "${key}"`);
  return value;
}
