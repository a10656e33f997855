import { fork } from 'node:child_process';
import type { FoundGpu } from './found-gpu.ts';
import { NoGpuError } from './gpu-errors.ts';
import type { ProbeAnswer } from './gpu-probe.node.ts';

/** The first use of a GPU after a start of the machine takes a few seconds with some drivers. */
const PROBE_TIMEOUT_MS = 15_000;

let finding: Promise<FoundGpu> | null = null;

/**
 * Looks for this machine's GPU in a child process: drivers and Dawn write on stdout and stderr while they look, and a
 * broken driver takes down the process that loads it. What the child finds is kept for the life of this process.
 * @throws NoGpuError where there is none, with the reason.
 */
export function findGpu(): Promise<FoundGpu> {
  finding ??= askProbe(new URL('./gpu-probe.node.ts', import.meta.url), PROBE_TIMEOUT_MS);
  return finding;
}

/** Runs a script that sends a `ProbeAnswer`. @throws NoGpuError, also where the script crashes or hangs. */
export function askProbe(script: URL, timeoutMs: number): Promise<FoundGpu> {
  return new Promise((resolve, reject) => {
    const probe = fork(script, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      probe.kill('SIGKILL');
    }, timeoutMs);
    probe.once('message', (answer: ProbeAnswer) => {
      if ('found' in answer) resolve(answer.found);
      else reject(new NoGpuError(answer.reason));
      // It has nothing else to do, and what drivers do at their end may hang.
      probe.kill('SIGKILL');
    });
    probe.once('error', (cause) => {
      clearTimeout(timer);
      reject(new NoGpuError(`a GPU could not be looked for: ${cause.message}`, { cause }));
    });
    probe.once('close', (status, signal) => {
      clearTimeout(timer);
      reject(
        new NoGpuError(
          isLate
            ? `looking for a GPU took more than ${timeoutMs / 1000} s: its driver hangs`
            : `looking for a GPU ended with ${signal ?? `status ${status}`}: its driver crashes`,
        ),
      );
    });
  });
}
