import { FetchError } from './fetch-error.ts';

/** One limit of time for a whole fetch, joined with the caller's own signal. `dispose` it when the fetch ends. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #endsAtMs: number;
  readonly #timeoutMs: number;
  readonly #callerSignal: AbortSignal | undefined;
  readonly #follow = () => this.#controller.abort(this.#callerSignal?.reason);

  constructor(timeoutMs: number, callerSignal?: AbortSignal) {
    this.#timeoutMs = timeoutMs;
    this.#endsAtMs = performance.now() + timeoutMs;
    this.#callerSignal = callerSignal;
    this.#timer = setTimeout(() => {
      this.#controller.abort(new DOMException(`${timeoutMs} ms have passed`, 'TimeoutError'));
    }, timeoutMs);
    if (callerSignal?.aborted) this.#follow();
    else callerSignal?.addEventListener('abort', this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  remainingMs(): number {
    return this.signal.aborted ? 0 : Math.max(0, this.#endsAtMs - performance.now());
  }

  /** The error of a fetch that the deadline or the caller ended. */
  error(url: URL): FetchError {
    const cause: unknown = this.signal.reason;
    if (cause instanceof DOMException && cause.name === 'TimeoutError') {
      const limit = this.#callerSignal?.aborted ? 'before its caller’s deadline' : `within ${this.#timeoutMs / 1000} s`;
      return new FetchError('timeout', `${url.host} did not answer ${limit}.`, { url: url.href, cause });
    }
    const message = `The request to ${url.host} was given up by its caller.`;
    return new FetchError('aborted', message, { url: url.href, cause });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#callerSignal?.removeEventListener('abort', this.#follow);
  }
}
