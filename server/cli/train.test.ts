import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { readTensors } from '../../shared/recommender/model/safetensors.ts';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-train-'));
  // What even users like, odd ones do not, and the other way round; and a little of everything else.
  const rows = ['user_id,item_id,rating'];
  for (let user = 0; user < 60; user++) {
    for (let item = 0; item < 40; item++) {
      const taste = user % 2 === item % 2 ? 4 : 2;
      if ((user + 3 * item) % 4 < 2) rows.push(`u${user},i${item},${taste + ((user * item) % 5) / 4}`);
    }
  }
  await writeFile(join(folder, 'ratings.csv'), rows.join('\n'));
  await writeFile(join(folder, 'other.csv'), [...rows, 'u0,i39,5'].join('\n'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

type Line = Record<string, unknown>;
interface Result {
  code: number;
  lines: Line[];
  stdout: string;
  stderr: string;
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, MAGPIE_DATA_DIR: join(folder, 'data'), DATABASE_URL: '', REDIS_URL: '' };
}

async function magpie(...args: string[]): Promise<Result> {
  const told = (code: number, stdout: string, stderr: string): Result => {
    const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
    return { code, stdout, stderr, lines: lines.map((line) => JSON.parse(line) as Line) };
  };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, ...args], { env: environment() });
    return told(0, stdout, stderr);
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return told(code, stdout, stderr);
  }
}

const onFile = (...rest: string[]): string[] => [
  ...['train', '--ratings', join(folder, 'ratings.csv'), '--out', join(folder, 'model.safetensors')],
  ...['--threads', '1', '--factors', '4', '--algorithm', 'als', ...rest],
];
const checkpointPath = (): string => join(folder, 'training.safetensors');
const kept = (): string[] => ['--checkpoint', checkpointPath(), '--checkpoint-every', '0'];
/** More than any test waits for. */
const ENDLESS = ['--iterations', '1000000'];

/** A training under way: resolves once it has told of an iteration. */
async function started(args: string[], iteration = 10): Promise<{ child: ChildProcess; ended: Promise<Result> }> {
  const child = spawn(process.execPath, [CLI, ...args, '--json'], { env: environment() });
  children.push(child);
  const lines: Line[] = [];
  let stderr = '';
  child.stderr!.on('data', (text) => {
    stderr += text;
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      if (Number(line['iteration']) >= iteration) resolve();
    });
    void closed.then(() => reject(new Error(`the training ended too soon: ${stderr}`)));
  });
  return { child, ended: closed.then((code) => ({ code: code ?? -1, lines, stdout: '', stderr })) };
}

async function killed(args: string[]): Promise<void> {
  const { child, ended } = await started(args);
  child.kill('SIGKILL');
  await ended;
}

const eventOf = ({ lines }: Result, event: string): Line | undefined => lines.find((line) => line['event'] === event);
const iterationsOf = ({ lines }: Result): number[] =>
  lines.filter((line) => 'loss' in line && 'alpha' in line).map((line) => Number(line['iteration']));

describe('magpie train', () => {
  test('tells first what computes and why, then each iteration, then the result', async () => {
    const { lines, stderr } = await magpie(...onFile('--iterations', '5', '--json'));
    expect(stderr).toBe('');
    expect(lines[0]).toMatchObject({ event: 'engine', backend: 'threads', adapter: null });
    expect(lines[0]?.['reason']).toMatch(/^1 thread: /);
    expect(lines.slice(1, -1).map((line) => line['iteration'])).toEqual([2, 3, 4, 5]);
    expect(Object.keys(lines[2] ?? {})).toEqual(
      expect.arrayContaining(
        'iteration loss gradient_norm alpha beta restarts seconds ratings_per_second validation engine'.split(' '),
      ),
    );
    expect(lines.at(-1)).toMatchObject({
      engine: 'threads (1)',
      adapter: null,
      engine_reason: lines[0]?.['reason'],
      engines: [{ engine: 'threads (1)', from: 1, to: 5 }],
      stopped: 'iterations',
      chosen_iteration: 5,
    });
  });

  test('writes into the model’s file who computed it', async () => {
    await magpie(...onFile('--iterations', '3'));
    const bytes = await readFile(join(folder, 'model.safetensors'));
    expect(readFactorModel(bytes).nFactors).toBe(4);
    expect(JSON.parse(readTensors(bytes).metadata.get('training') ?? '')).toMatchObject({
      engine: 'threads (1)',
      adapter: null,
      engine_reason: expect.stringMatching(/^1 thread: /),
      observed_pairs: 1200,
    });
  });

  test('with --validate keeps the best iteration, and with --patience ends after it', async () => {
    const { lines } = await magpie(
      ...['train', '--ratings', join(folder, 'ratings.csv'), '--out', join(folder, 'model.safetensors'), '--json'],
      ...['--threads', '1', '--factors', '16', '--lambda', '0.001', '--iterations', '200'],
      ...['--validate', '0.2', '--patience', '3'],
    );
    const scores = new Map(
      lines.filter((line) => 'alpha' in line).map((line) => [line['iteration'], Number(line['validation'])]),
    );
    const { chosen_iteration: chosen, stopped, validation } = lines.at(-1)!;
    expect(stopped).toBe('no improvement');
    expect(validation).toEqual({ metric: 'rmse', score: Math.min(...scores.values()) });
    expect(scores.get(chosen)).toBe(Math.min(...scores.values()));
    expect(scores.size).toBe(Number(chosen) - 2 + 1 + 3);
  });

  test.for<[string, string[], RegExp]>([
    ['patience without validation', ['--patience', '3'], /--patience goes with --validate/],
    ['a share of everything', ['--validate', '1'], /validate is 1, but must be above 0 and below 1/],
    ['going on from nowhere', ['--resume'], /--resume needs to know from where: --checkpoint FILE/],
    [
      'a checkpoint that is not there',
      ['--resume', '--checkpoint', '/nowhere/c'],
      /no checkpoint to go on from at \/nowhere\/c/,
    ],
  ])('refuses %s in one line', async ([, flags, message]) => {
    const { code, stderr } = await magpie(...onFile(...flags));
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('a training that was killed', () => {
  test('goes on from its checkpoint, and drops it in the end', async () => {
    await killed(onFile(...kept(), ...ENDLESS));
    expect(existsSync(join(folder, 'model.safetensors'))).toBe(false);
    const fewer = await magpie(...onFile(...kept(), '--iterations', '2', '--resume'));
    expect(fewer.stderr).toMatch(/the checkpoint is at iteration \d+ already, past the 2 that are asked for/);
    const { child, ended } = await started([...onFile(...kept(), ...ENDLESS), '--resume'], 30);
    child.kill('SIGINT');
    const resumed = await ended;
    const from = Number(eventOf(resumed, 'resumed')?.['iteration']);
    expect(from).toBeGreaterThanOrEqual(9);
    expect(iterationsOf(resumed)[0]).toBe(from);
    const at = iterationsOf(resumed).at(-1)!;
    const last = await magpie(...onFile(...kept(), '--iterations', String(at + 3), '--resume', '--json'));
    expect(last.code).toBe(0);
    expect(iterationsOf(last)).toEqual([at, at + 1, at + 2, at + 3]);
    expect(last.lines.at(-1)).toMatchObject({ engines: [{ engine: 'threads (1)', from: 1, to: at + 3 }] });
    expect(existsSync(checkpointPath())).toBe(false);
    expect(existsSync(join(folder, 'model.safetensors'))).toBe(true);
  }, 60_000);

  test('does not go on with other parameters or other data, and says what differs', async () => {
    await killed(onFile(...kept(), ...ENDLESS));
    const refused = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await magpie(...args);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await refused(...onFile(...kept(), ...ENDLESS, '--resume', '--lambda', '0.5'))).toMatch(
      /is of a training with lambda 0\.1, not 0\.5\. Train without --resume to begin anew/,
    );
    expect(await refused(...onFile(...kept(), ...ENDLESS, '--resume', '--validate', '0.1'))).toMatch(
      /with no validation, not validate 0\.1/,
    );
    const other = onFile(...kept(), ...ENDLESS, '--resume').map((arg) => arg.replace('ratings.csv', 'other.csv'));
    expect(await refused(...other)).toMatch(/is of a training on other data/);
    await writeFile(checkpointPath(), 'half a che');
    expect(await refused(...onFile(...kept(), ...ENDLESS, '--resume'))).toMatch(/not a checkpoint that can be read/);
  }, 60_000);

  test('begins anew where it may, and says why', async () => {
    await killed(onFile(...kept(), ...ENDLESS));
    const flags = ['--iterations', '4', '--lambda', '0.5', '--resume', 'if-possible', '--json'];
    const anew = await magpie(...onFile(...kept(), ...flags));
    expect(anew.code).toBe(0);
    expect(eventOf(anew, 'restarted')?.['reason']).toMatch(/with lambda 0\.1, not 0\.5/);
    expect(iterationsOf(anew)).toEqual([2, 3, 4]);
  }, 60_000);
});

describe('Ctrl-C', () => {
  test('ends the iteration, leaves a checkpoint and no model, and says how to go on', async () => {
    const args = onFile('--checkpoint', checkpointPath(), ...ENDLESS);
    const { child, ended } = await started(args);
    // As npm does, which passes on what the terminal has sent to everybody.
    child.kill('SIGINT');
    child.kill('SIGINT');
    const result = await ended;
    const at = iterationsOf(result).at(-1);
    expect(result.code).toBe(1);
    expect(result.stderr).toBe(
      `magpie: stopped at iteration ${at}; no model was written. To go on: magpie ${args.join(' ')} --json --resume\n`,
    );
    expect(existsSync(join(folder, 'model.safetensors'))).toBe(false);
    const { lines } = await magpie(
      ...onFile('--checkpoint', checkpointPath(), '--iterations', `${at! + 1}`, '--resume', '--json'),
    );
    expect(lines.find((line) => line['event'] === 'resumed')).toMatchObject({ iteration: at });
  }, 60_000);

  test('and going on tells the gradient beside that of the very start', async () => {
    const { child, ended } = await started(onFile('--checkpoint', checkpointPath(), ...ENDLESS));
    child.kill('SIGINT');
    const iterations = (await ended).lines.filter((line) => 'alpha' in line);
    const [first, last] = [iterations[0]!, iterations.at(-1)!];
    const { stdout } = await magpie(
      ...onFile('--checkpoint', checkpointPath(), '--iterations', String(last['iteration']), '--resume'),
    );
    const share = Number(last['gradient_norm']) / Number(first['gradient_norm']);
    expect(stdout).toContain(`‖g‖/‖g₀‖ = ${share.toExponential(1)}\n`);
  }, 60_000);

  test('without a checkpoint says that nothing was kept', async () => {
    const { child, ended } = await started(onFile(...ENDLESS));
    child.kill('SIGINT');
    expect((await ended).stderr).toMatch(/nothing kept: with --checkpoint FILE a stopped training can go on/);
  }, 60_000);
});

describe('training on the store', () => {
  test('goes on with the events that there were, although others have come since', async () => {
    const imported = await magpie('import', 'events', 'csv', join(folder, 'ratings.csv'));
    expect(imported.code, imported.stderr).toBe(0);
    const flags = ['--feedback', 'explicit', '--factors', '4', '--algorithm', 'als', '--threads', '1'];
    await killed(['train', ...flags, ...ENDLESS, '--checkpoint-every', '0']);
    expect(existsSync(join(folder, 'data', 'checkpoints', 'train.safetensors'))).toBe(true);
    await magpie('import', 'events', 'csv', join(folder, 'other.csv'));
    const { child, ended } = await started(['train', ...flags, ...ENDLESS, '--checkpoint-every', '0', '--resume'], 30);
    child.kill('SIGINT');
    const at = iterationsOf(await ended).at(-1)!;
    const last = await magpie('train', ...flags, '--iterations', String(at + 2), '--resume', '--json');
    expect(last.lines.at(-1), last.stderr).toMatchObject({ chosen_iteration: at + 2 });
    expect(existsSync(join(folder, 'data', 'checkpoints', 'train.safetensors'))).toBe(false);

    const listed = await magpie('models', 'list', '--json');
    expect(listed.lines[0]).toMatchObject({
      version: last.lines.at(-1)?.['version'],
      parameters: {
        engine: 'threads (1)',
        adapter: null,
        engine_reason: expect.stringMatching(/^1 thread: /),
        observed_pairs: 1200,
        chosen_iteration: at + 2,
      },
    });
  }, 60_000);
});
