import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { softwareGpuEnvironment } from '../../../server/testing/software-gpu.ts';
import type { EngineCalls, ImplicitCalls, MagpieCalls } from './calls.ts';

/** A process's answer to a call. */
type Reply = { result: unknown } | { error: string };

/**
 * A recommender in a process of its own, so that its memory is its own too. It answers one call at a time: a line of JSON
 * on its input, `{"call": …, "with": …}`, and one on its output.
 */
export class EngineProcess<Calls> {
  readonly #process: ChildProcess;
  readonly #input: Writable;
  readonly #replies: AsyncIterator<string>;
  readonly #lines: Interface;

  constructor(command: string, parameters: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const child = spawn(command, parameters, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    const [input, output]: [Writable, Readable] = [child.stdin, child.stdout];
    this.#process = child;
    this.#input = input;
    this.#lines = createInterface({ input: output });
    this.#replies = this.#lines[Symbol.asyncIterator]();
    // Without a reader there is no reply either, and the missing reply is reported.
    input.on('error', () => {});
  }

  async call<Name extends keyof Calls & string>(
    name: Name,
    argument: Calls[Name] extends (call: infer Call) => unknown ? Call : never,
  ): Promise<Calls[Name] extends (call: never) => infer Result ? Result : never> {
    this.#input.write(`${JSON.stringify({ call: name, with: argument })}\n`);
    const { value, done } = await this.#replies.next();
    if (done) throw new Error(`the process that measures ended at "${name}"; what it said is above`);
    const reply = JSON.parse(value) as Reply;
    if ('error' in reply) throw new Error(reply.error);
    return reply.result as Calls[Name] extends (call: never) => infer Result ? Result : never;
  }

  async close(): Promise<void> {
    this.#input.end();
    if (this.#process.exitCode === null) await once(this.#process, 'exit');
    this.#lines.close();
  }
}

const MAGPIE = fileURLToPath(new URL('./magpie.ts', import.meta.url));

/** What every engine is asked alike. */
export type AnyEngine = Pick<EngineProcess<EngineCalls>, 'call' | 'close'>;
export type MagpieEngine = EngineProcess<MagpieCalls>;
export type ImplicitEngine = EngineProcess<ImplicitCalls>;

export function magpieEngine(): MagpieEngine {
  return new EngineProcess(process.execPath, [MAGPIE, 'threads']);
}

/** @param isSoftware computes on Chromium's software GPU, for want of a real one */
export function webGpuEngine(isSoftware: boolean): MagpieEngine {
  // Vulkan's loader reads its environment when a process starts.
  const environment = isSoftware ? softwareGpuEnvironment(process.env['CHROMIUM_PATH']) : {};
  return new EngineProcess(process.execPath, [MAGPIE, 'webgpu'], environment);
}

/** @param python the interpreter of an environment in which `implicit` is installed */
export function implicitEngine(python: string): ImplicitEngine {
  // implicit warns, with reason, that BLAS's own threads would fight with its own.
  return new EngineProcess(python, [fileURLToPath(new URL('./implicit_engine.py', import.meta.url))], {
    OPENBLAS_NUM_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  });
}
