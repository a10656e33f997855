import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const READY_WITHIN_MS = 90_000;

/** A process of Magpie that is started again after it was killed, as a process manager does. */
export class ManagedProcess {
  readonly name: string;
  /** How it ended where nobody had killed it: a fault of its own. */
  readonly endedByItself: string[] = [];
  readonly #parameters: readonly string[];
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  #isStopping = false;

  constructor(name: string, parameters: readonly string[], environment: NodeJS.ProcessEnv) {
    this.name = name;
    this.#parameters = parameters;
    this.#environment = environment;
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [CLI, 'serve', '--no-demo', '--json', ...this.#parameters], {
      env: { ...process.env, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const lastWords: string[] = [];
    createInterface(child.stderr).on('line', (line) => {
      lastWords.push(line);
      if (lastWords.length > 5) lastWords.shift();
    });
    child.once('exit', (code, signal) => {
      if (this.#child !== child || this.#isStopping) return;
      this.endedByItself.push(`${this.name} ended by itself (${signal ?? code}): ${lastWords.join(' | ')}`);
    });
    const { promise: ready, resolve } = Promise.withResolvers<boolean>();
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes('"ready"')) resolve(true);
    });
    child.once('exit', () => resolve(false));
    const timer = setTimeout(() => resolve(false), READY_WITHIN_MS);
    const isReady = await ready;
    clearTimeout(timer);
    if (!isReady && this.#child === child && child.exitCode === null && child.signalCode === null) {
      this.endedByItself.push(
        `${this.name} was not ready within ${READY_WITHIN_MS / 1000} s: ${lastWords.join(' | ')}`,
      );
    }
  }

  /** Kills it where it stands. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Stops it as a process manager does. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}
