import { fork } from 'node:child_process';
import { type BackendChoice, opensGpu } from '../../shared/recommender/backends/choose-backend.ts';
import { OperatorError } from '../operator-error.ts';

/** Set in the process whose native output is caught. */
const CAUGHT_VARIABLE = 'MAGPIE_NATIVE_OUTPUT_CAUGHT';
const OWN_STREAMS = new URL('./own-streams.ts', import.meta.url).href;
/** What is kept of the native output, for the message when it crashes. */
const KEPT_CHARACTERS = 1000;

/**
 * Does a command's work where native code's output reaches no terminal. GPU drivers and Dawn write warnings of their own
 * on stdout and stderr, from the same process, at any time: work that opens a GPU is done by running the whole command
 * once more in a child whose descriptors 1 and 2 are caught, and whose own lines go out by descriptors 3 and 4, which
 * are this process's stdout and stderr. Other work is done here.
 */
export async function withNativeOutputCaught(backend: BackendChoice, work: () => Promise<void>): Promise<void> {
  if (process.env[CAUGHT_VARIABLE] !== undefined || !(await opensGpu(backend))) return work();
  await runAgain();
}

/** @throws OperatorError when native code ends the child. */
async function runAgain(): Promise<void> {
  const [script = '', ...args] = process.argv.slice(1);
  const child = fork(script, args, {
    execArgv: [...process.execArgv, '--import', OWN_STREAMS],
    env: { ...process.env, [CAUGHT_VARIABLE]: '1' },
    stdio: ['inherit', 'pipe', 'pipe', 1, 2, 'ipc'],
  });
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-KEPT_CHARACTERS);
    });
  }
  const passOn = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGINT', passOn).on('SIGTERM', passOn);
  try {
    const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (...how) => resolve(how));
    });
    if (signal === 'SIGKILL') process.kill(process.pid, signal);
    if (signal !== null) {
      const lastWords = kept.trim().split('\n').at(-1);
      throw new OperatorError(`the GPU's driver crashed (${signal}${lastWords ? `: ${lastWords}` : ''})`);
    }
    process.exitCode = status ?? 1;
  } finally {
    process.off('SIGINT', passOn).off('SIGTERM', passOn);
  }
}
