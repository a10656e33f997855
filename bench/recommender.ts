/**
 * The recommender measured: `npm run bench [-- --peers] [--only sweep,convergence,…]`; `--help` lists the sections.
 * What each figure is and how it is taken: docs/benchmarks.md.
 */
import { parseArgs } from 'node:util';
import { runBench } from './recommender/run-bench.ts';
import { SECTIONS } from './recommender/sections/index.ts';
import { UsageError } from './recommender/usage-error.ts';

const list = (text: string | undefined): string[] | null => text?.split(',').map((word) => word.trim()) ?? null;
const numbers = (text: string | undefined): number[] | null => {
  const values = list(text)?.map(Number) ?? null;
  if (values?.some((value) => !(Number.isInteger(value) && value > 0))) {
    throw new UsageError(`${JSON.stringify(text)} is no list of whole numbers above 0`);
  }
  return values;
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      peers: { type: 'boolean', default: false },
      data: { type: 'string' },
      factors: { type: 'string' },
      seeds: { type: 'string' },
      threads: { type: 'string', default: '1,2' },
      rounds: { type: 'string', default: '3' },
      quick: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      software: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });

  if (values.help) {
    console.log(`npm run bench -- [options]

  --only A,B     sections, of those below (default: all)
  --peers        beside implicit, installed into .cache/bench (Python 3.11 or later, network the first time)
  --data A,B     datasets instead of each section's own choice
  --factors A,B  factor counts instead of each section's own choice
  --seeds A,B    (default 1,2,3; with --quick 1)
  --threads A,B  threads of the threads backend; the most is what implicit gets (default 1,2)
  --rounds N     repetitions that medians are taken of (default 3)
  --quick        fewer seeds and factors, shorter runs
  --large        the MovieLens 20M shape as well
  --software     a software GPU as well
  --out FILE     where the JSON goes (default .cache/bench/recommender.json)

MAGPIE_DATA names the folder with interactions/ (default ../shared/data); what is not there is left out.

${SECTIONS.map(({ name, about }) => `  ${name.padEnd(20)} ${about}`).join('\n')}`);
  } else {
    const rounds = numbers(values.rounds)![0]!;
    await runBench({
      only: list(values.only),
      peers: values.peers,
      realData: process.env['MAGPIE_DATA'] ?? '../shared/data',
      out: values.out ?? null,
      options: {
        data: list(values.data),
        factors: numbers(values.factors),
        seeds: numbers(values.seeds) ?? (values.quick ? [1] : [1, 2, 3]),
        threads: numbers(values.threads)!,
        rounds: values.quick ? Math.min(rounds, 2) : rounds,
        quick: values.quick,
        large: values.large,
        software: values.software,
      },
    });
  }
}

await main().catch((error: Error & { code?: string }) => {
  if (!(error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS'))) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
