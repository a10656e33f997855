import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
/** For a first model as well, on a machine that is busy. */
const START_MS = 180_000;
const ANSWER_MS = 60_000;
const STOP_MS = 20_000;

export interface Conditions {
  dataDir: string;
  demo?: boolean;
  /** Options of Node. */
  node?: readonly string[];
  /** Of the shell: `-n 64`. */
  ulimit?: string;
  env?: Record<string, string>;
}

/** What a person sees of an answer. */
export interface Seen {
  status: number;
  /** The problem's title, or what readiness misses. */
  sentence: string | null;
  body: unknown;
}

/** `magpie serve` under a fault: its URL once it is ready, null where it ended before. */
export class FaultyServer {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #dataDir: string;
  #stderr = '';
  url: string | null = null;

  private constructor({ dataDir, demo = false, node = [], ulimit = '', env = {} }: Conditions) {
    const limit = ulimit === '' ? '' : `ulimit ${ulimit}; `;
    const command = [process.execPath, ...node, CLI, 'serve', '--json', ...(demo ? [] : ['--no-demo'])];
    this.#dataDir = dataDir;
    this.#process = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, ...command], {
      env: {
        ...process.env,
        PORT: '0',
        MAGPIE_DATA_DIR: dataDir,
        MAGPIE_RATES_URL: 'none',
        MAGPIE_LOG: 'text',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#process, 'exit');
    this.#process.stderr?.on('data', (text: Buffer) => {
      this.#stderr += text.toString();
    });
  }

  static async start(conditions: Conditions): Promise<FaultyServer> {
    const server = new FaultyServer(conditions);
    // Its output ends a little before it does.
    const begun = server.#readyUrl().then(() => (server.url === null ? server.#ended : null));
    await Promise.race([begun, delay(START_MS, null, { ref: false })]);
    return server;
  }

  async #readyUrl(): Promise<void> {
    for await (const line of createInterface(this.#process.stdout!)) {
      const said = JSON.parse(line) as { event: string; url?: string };
      if (said.event !== 'ready' || said.url === undefined) continue;
      this.url = said.url;
      this.#process.stdout?.resume();
      return;
    }
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Lines that the server has said on stderr. */
  get said(): string[] {
    return this.#stderr.split('\n').filter((line) => line.trim() !== '');
  }

  async ask(path: string, body?: unknown): Promise<Seen> {
    const token = await readFile(join(this.#dataDir, 'operator-token'), 'utf8');
    const answer = await fetch(this.url + path, {
      headers: { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    }).catch((error: Error) => error);
    if (answer instanceof Error) return { status: 0, sentence: `no answer: ${answer.message}`, body: null };
    const read = (await answer.json().catch(() => null)) as { title?: string; missing?: { detail: string }[] } | null;
    const sentence = read?.title ?? read?.missing?.map(({ detail }) => detail).join('; ') ?? null;
    return { status: answer.status, sentence: answer.ok ? null : sentence, body: read };
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    this.#process.kill();
    await Promise.race([this.#ended, delay(STOP_MS)]);
    if (this.isAlive) this.#process.kill('SIGKILL');
    await this.#ended;
  }
}
