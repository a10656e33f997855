import { ApiError } from '../../../client/api/http.ts';
import { joinByCode, newCode } from '../../../client/devices/links.ts';
import { flushOutbox } from '../../../client/offline/flush-outbox.ts';
import { readPrivate, turnSyncOn } from '../../../client/offline/outbox.ts';
import { pullChanges } from '../../../client/offline/pull-changes.ts';
import { recordEvent, recordWatch } from '../../../client/offline/record.ts';
import { courier, source } from '../../../client/offline/server.ts';
import { loadSettings, saveSetting } from '../../../client/offline/settings.ts';
import type { SyncServer } from '../contract.ts';
import type { Fault, RecordStep, Step } from '../schedule.ts';
import { Device } from './device.ts';
import { Ledger } from './ledger.ts';
import { setClock } from './simulated-clock.ts';

const BEGIN_MS = Date.UTC(2026, 11, 1, 12);
const STEP_MS = 10;
/** Each round sends and pulls on both devices. After the last thing was sent, each of them pulls it in one more. */
const N_QUIET_ROUNDS = 2;
const MAX_LAST_ROUNDS = 8;

const PRODUCT = { brand: null, category: null, description: null, gtin: null, image: null, list_price: null };
const EVENT_OF = { rate: 'rating', view: 'view', buy: 'purchase' } as const;

/**
 * Runs a schedule, then lets both devices send and pull until nothing changes, and checks that they and the server have the same.
 * @throws with what is lost, doubled or different
 */
export async function runSchedule(server: SyncServer, steps: readonly Step[]): Promise<void> {
  try {
    const world = await World.open(server);
    for (const step of steps) await world.take(step);
    await world.settle();
  } finally {
    await Device.leave();
  }
}

class World {
  readonly #server: SyncServer;
  readonly #devices: readonly [Device, Device];
  readonly #ledger = new Ledger();
  /** All requests that changed something, as they were sent. */
  readonly #sent: Request[] = [];
  #serverMs = BEGIN_MS;
  /** Runs while the first request of the next sending or pulling is under way. */
  #meanwhile: (() => Promise<void>) | null = null;

  private constructor(server: SyncServer) {
    this.#server = server;
    const device = () =>
      new Device(
        () => this.#serverMs,
        (request) => this.#carry(request),
      );
    this.#devices = [device(), device()];
  }

  static async open(server: SyncServer): Promise<World> {
    await server.reset();
    const world = new World(server);
    for (const device of world.#devices) await device.setUp();
    return world;
  }

  async take(step: Step): Promise<void> {
    this.#serverMs += STEP_MS;
    switch (step.do) {
      case 'rate':
      case 'view':
      case 'buy':
      case 'watch':
      case 'unwatch':
        return this.#record(step);
      case 'send':
      case 'pull':
        return this.#talk(step);
      case 'sync off':
        await this.#on(step.on, null, () => saveSetting('sync', false));
        return;
      case 'sync on':
        await this.#on(step.on, null, async () => {
          if (step.withKept) this.#ledger.release((await readPrivate()).map(({ id }) => id));
          await turnSyncOn({ withKept: step.withKept });
        });
        return;
      case 'link':
        return this.#link(step.fault);
      case 'bring again': {
        const request = this.#sent[step.nth];
        if (request !== undefined) await this.#deliver(request.clone());
        return;
      }
      case 'set clock':
        this.#devices[step.on]!.aheadMs = step.aheadMs;
        return;
      case 'wait':
        this.#serverMs += step.ms;
        return;
      case 'restart server':
        return this.#server.restart();
      case 'back up':
        return this.#server.backUp();
      case 'restore':
        if (await this.#server.restore()) this.#ledger.wasRestored = true;
        return;
      default:
        step satisfies never;
    }
  }

  /** Without faults from now on, until the outboxes are empty and both devices have pulled all. */
  async settle(): Promise<void> {
    for (const device of this.#devices) {
      device.aheadMs = 0;
      await device.run(null, () => turnSyncOn({ withKept: false }));
    }
    // A restored backup may be from before the link: people link their devices again then.
    await this.#link(null);
    let nQuietRounds = 0;
    for (let round = 0; round < MAX_LAST_ROUNDS && nQuietRounds < N_QUIET_ROUNDS; round += 1) {
      nQuietRounds += 1;
      for (const on of [0, 1]) {
        for (const what of ['send', 'pull'] as const) {
          this.#serverMs += STEP_MS;
          await this.#talk({ do: what, on, fault: null, meanwhile: null });
        }
      }
      if ((await this.#nWaiting()) > 0) nQuietRounds = 0;
    }
    const rows = [await this.#devices[0].rows(), await this.#devices[1].rows()];
    this.#ledger.check(rows, await this.#server.stateOf(rows[0]!.shopperId));
  }

  async #record(step: RecordStep): Promise<void> {
    const { on, item, fault } = step;
    await this.#on(on, fault, async () => {
      if (!('value' in step)) {
        await recordWatch({ ...PRODUCT, product_id: item, title: item }, step.do === 'watch', 'EUR');
      } else {
        const { device } = await loadSettings();
        const told = { user_id: device.id, item_id: item, type: EVENT_OF[step.do], value: step.value };
        await recordEvent(told, { title: item, image: null });
      }
    });
  }

  async #talk({ do: what, on, fault, meanwhile }: Extract<Step, { meanwhile: Step | null }>): Promise<void> {
    this.#meanwhile = meanwhile === null ? null : () => this.take(meanwhile);
    await this.#on(on, fault, async () => {
      try {
        if (what === 'send') await flushOutbox(courier);
        else await pullChanges(source);
      } catch (error) {
        if (!this.#isTriedAgain(error)) throw error;
      }
    });
    this.#meanwhile = null;
  }

  /** What is no fault: the page tries it again later. */
  #isTriedAgain(error: unknown): boolean {
    if (error instanceof ApiError) return error.status === 403 && this.#ledger.wasRestored;
    return error instanceof Error && error.message.startsWith('The server does not take');
  }

  /** The second device joins the first one's shopper, by a code. */
  async #link(fault: Fault | null): Promise<void> {
    const code = await this.#on(0, null, () => newCode('link'));
    if (code !== null) await this.#on(1, fault, () => joinByCode(code.code));
  }

  async #on<T>(on: number, fault: Fault | null, code: () => Promise<T>): Promise<T | null> {
    const device = this.#devices[on]!;
    const result = await device.run(fault, code);
    this.#ledger.note((await device.rows()).outbox);
    return result;
  }

  async #carry(request: Request): Promise<Response> {
    const meanwhile = this.#meanwhile;
    this.#meanwhile = null;
    const { pathname } = new URL(request.url);
    if (request.method === 'POST' && !pathname.startsWith('/devices')) {
      this.#sent.push(request.clone());
      this.#ledger.noteSent(await request.clone().json());
    }
    const response = await this.#deliver(request);
    await meanwhile?.();
    return response;
  }

  #deliver(request: Request): Promise<Response> {
    setClock(() => this.#serverMs);
    return this.#server.fetch(request);
  }

  async #nWaiting(): Promise<number> {
    const [first, second] = [await this.#devices[0].rows(), await this.#devices[1].rows()];
    return [...first.outbox, ...second.outbox].filter((entry) => !entry.is_private && entry.state === 'waiting').length;
  }
}
