import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';

/** A request without an answer is given up after this time: a server that hangs is a fault, one that is away is not. */
const ANSWER_WITHIN_MS = 40_000;
/** The same batch is sent again until it is answered. */
const RETRY_MS = 150;
const N_SENDERS = 4;
const COMPARE_EVERY_MS = 400;
const TRAIN_EVERY_MS = 6_000;

/** Answers that the document names, by operation. */
type Documented = ReadonlyMap<string, ReadonlySet<string>>;

interface EventOnWire {
  id: string;
  user_id: string;
  item_id: string;
  type: 'view' | 'purchase';
  value: number;
  occurred_at: string;
}

/** Clients that write events, ask for comparisons and start trainings, and remember what they were promised. */
export class Workload {
  /** Ids of events whose batch was answered 200 with `accepted` or `duplicate`. */
  readonly acknowledged = new Set<string>();
  /** Jobs that were accepted with 202, and what they are. */
  readonly jobs = new Map<string, 'comparison' | 'training'>();
  readonly faults: string[] = [];
  readonly statuses = new Map<string, number>();
  readonly #urls: () => readonly string[];
  readonly #token: string;
  readonly #random: () => number;
  #documented: Documented = new Map();
  #running: Promise<void>[] = [];
  #isStopping = false;
  #nEvents = 0;
  #nQueries = 0;

  /** @param urls where the API may be asked now */
  constructor(urls: () => readonly string[], token: string, random: () => number) {
    this.#urls = urls;
    this.#token = token;
    this.#random = random;
  }

  async start(): Promise<void> {
    this.#documented = await readDocument(this.#urls()[0]!);
    this.#running = [
      ...Array.from({ length: N_SENDERS }, () => this.#sendEvents()),
      this.#every(COMPARE_EVERY_MS, () => this.#compare()),
      this.#every(TRAIN_EVERY_MS, () => this.#train()),
    ];
  }

  /** Ends when each client has its last answer; all servers have to be up. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#running);
  }

  /** The state of each accepted job, once all have ended. */
  async outcomes(withinMs: number): Promise<Map<string, { state: string; error: string | null }>> {
    const outcomes = new Map<string, { state: string; error: string | null }>();
    const endsAt = performance.now() + withinMs;
    for (const id of this.jobs.keys()) {
      for (;;) {
        const answer = await this.ask('GET /jobs/{id}', `/jobs/${encodeURIComponent(id)}`);
        const job =
          answer?.status === 200 ? (JSON.parse(answer.body) as { state: string; error: string | null }) : null;
        const state = job?.state ?? (answer === null ? 'no answer' : `status ${answer.status}`);
        if (['completed', 'failed', 'cancelled'].includes(state) || performance.now() > endsAt) {
          outcomes.set(id, { state, error: job?.error ?? null });
          break;
        }
        await sleep(200);
      }
    }
    return outcomes;
  }

  /** @returns null where there was no answer, as from a server that has just been killed */
  async ask(operation: string, path: string, body?: unknown): Promise<{ status: number; body: string } | null> {
    const urls = this.#urls();
    const url = urls[Math.floor(this.#random() * urls.length)]!;
    const [method] = operation.split(' ');
    try {
      const response = await fetch(url + path, {
        method: method!,
        headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json', connection: 'close' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const text = await response.text();
      this.#count(operation, response, text);
      return { status: response.status, body: text };
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name === 'TimeoutError') this.faults.push(`${operation} had no answer within ${ANSWER_WITHIN_MS / 1000} s`);
      return null;
    }
  }

  #count(operation: string, { status, headers }: Response, text: string): void {
    const key = `${operation} ${status}`;
    this.statuses.set(key, (this.statuses.get(key) ?? 0) + 1);
    if (this.#documented.get(operation)?.has(String(status)) !== true)
      this.faults.push(`undocumented: ${key}: ${text}`);
    if (status === 500) this.faults.push(`${key}: ${text}`);
    if (status === 503 && headers.get('retry-after') === null) this.faults.push(`${key} without Retry-After: ${text}`);
  }

  async #every(periodMs: number, work: () => Promise<void>): Promise<void> {
    while (!this.#isStopping) {
      await work();
      await sleep(periodMs);
    }
  }

  async #sendEvents(): Promise<void> {
    while (!this.#isStopping) {
      const events = Array.from({ length: 1 + Math.floor(this.#random() * 5) }, () => this.#event());
      while (!(await this.#sent(events))) await sleep(RETRY_MS);
    }
  }

  async #sent(events: readonly EventOnWire[]): Promise<boolean> {
    const answer = await this.ask('POST /events', '/events', { events });
    if (answer?.status !== 200) return false;
    const { receipts } = JSON.parse(answer.body) as { receipts: { id: string; status: string; reason?: string }[] };
    for (const { id, status, reason } of receipts) {
      if (status === 'accepted' || status === 'duplicate') this.acknowledged.add(id);
      else this.faults.push(`event ${id} was ${status}: ${reason}`);
    }
    return true;
  }

  #event(): EventOnWire {
    const n = this.#nEvents;
    this.#nEvents += 1;
    return {
      id: uuidv7(),
      user_id: `crasher-${n % 60}`,
      item_id: `thing-${(n * 7) % 40}`,
      type: n % 3 === 0 ? 'purchase' : 'view',
      value: 1,
      occurred_at: new Date().toISOString(),
    };
  }

  async #compare(): Promise<void> {
    this.#nQueries += 1;
    const answer = await this.ask(
      'GET /compare_price',
      `/compare_price?product=${encodeURIComponent(`kettle ${this.#nQueries}`)}&async=true`,
    );
    this.#accept(answer, 'comparison');
  }

  async #train(): Promise<void> {
    const parameters = { factors: 4, iterations: 4, backend: 'threads' };
    this.#accept(await this.ask('POST /training', '/training', parameters), 'training');
  }

  #accept(answer: { status: number; body: string } | null, kind: 'comparison' | 'training'): void {
    if (answer?.status !== 202) return;
    const { job_id } = JSON.parse(answer.body) as { job_id: string };
    this.jobs.set(job_id, kind);
  }
}

async function readDocument(url: string): Promise<Documented> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  };
  const documented = new Map<string, ReadonlySet<string>>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(operations)) {
      documented.set(`${method.toUpperCase()} ${path}`, new Set(Object.keys(responses)));
    }
  }
  return documented;
}
