import { Backlog } from './backlog.ts';
import type { GpuConnection } from './gpu-connection.ts';
import { withErrorScopes } from './gpu-errors.ts';

/** Longest time between a call that fails on a lost device and the device's notice that it is lost, ms. */
const LOSS_NOTICE_MS = 100;

/**
 * The commands that one factor space or scorer sends to a GPU. Errors are kept and surface at `settled`; after the first, nothing more is sent.
 */
export class CommandQueue {
  readonly #gpu: GpuConnection;
  readonly #inFlight: Promise<void>[] = [];
  readonly #backlog = new Backlog();
  #checks: Promise<void>[] = [];
  #failure: { error: unknown } | null = null;

  constructor(gpu: GpuConnection) {
    this.#gpu = gpu;
    void gpu.lost.then((error) => this.fail(error));
  }

  /** Calls of the device that send nothing, such as allocations, under the same watch. */
  guard<T>(calls: () => T): T {
    this.throwIfFailed();
    const { result, checked } = withErrorScopes(this.#gpu.device, calls);
    this.#checks.push(checked.catch((error: unknown) => this.fail(error)));
    return result;
  }

  /** Sends commands; waits while too many are under way. @throws what has failed before. */
  async submit(encode: (encoder: GPUCommandEncoder) => void, onDone?: () => void): Promise<void> {
    const { queue } = this.#gpu.device;
    this.guard(() => {
      const encoder = this.#gpu.device.createCommandEncoder();
      encode(encoder);
      queue.submit([encoder.finish()]);
    });
    const submittedAt = performance.now();
    this.#inFlight.push(
      queue.onSubmittedWorkDone().then(
        () => {
          this.#backlog.finished(performance.now() - submittedAt);
          if (this.#failure === null) onDone?.();
        },
        (error: unknown) => this.fail(error),
      ),
    );
    while (this.#inFlight.length >= this.#backlog.limit) await this.#inFlight.shift();
    this.throwIfFailed();
  }

  /** Sends one compute pass. */
  submitPass(encode: (pass: GPUComputePassEncoder) => void, onDone?: () => void): Promise<void> {
    return this.submit((encoder) => {
      const pass = encoder.beginComputePass();
      encode(pass);
      pass.end();
    }, onDone);
  }

  /** The answer to a question, once all that was sent before is known to have worked. */
  async settled<T>(answer: Promise<T>): Promise<T> {
    const [outcome] = await Promise.allSettled([answer, ...this.#checks.splice(0)]);
    if (outcome.status === 'rejected') await this.#failBecause(outcome.reason);
    this.throwIfFailed();
    return answer;
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  throwIfFailed(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** A lost device fails every call before it says that it is lost, which is the better reason. */
  async #failBecause(error: unknown): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const noNotice = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), LOSS_NOTICE_MS);
    });
    const lost = await Promise.race([this.#gpu.lost, noNotice]);
    clearTimeout(timer);
    this.fail(lost ?? error);
  }
}
