import { Command } from 'commander';
import { parseRobots } from '../fetch/robots-parser.ts';
import { CliError, printJson, readJsonLines } from './output.ts';

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
    .action(async () => {
      let line = 0;
      for await (const row of readJsonLines()) {
        line += 1;
        const robots = parseRobots(text(row, 'robots_txt', line));
        const userAgent = text(row, 'user_agent', line);
        const allowed = robots.isAllowed(userAgent, text(row, 'url', line));
        printJson({ allowed, crawl_delay: robots.crawlDelaySeconds(userAgent) });
      }
    });
}

function text(row: Record<string, unknown>, key: string, line: number): string {
  const value = row[key];
  if (typeof value !== 'string') throw new CliError(`object ${line} of the input has no string "${key}"`);
  return value;
}
