import type { FaultyServer, Seen } from './faulty-server.ts';

/** What the API's document promises beside 2xx, for what is asked here. */
const DOCUMENTED = new Set([200, 202, 429, 500, 503, 507]);
/** Says nothing to those who meet it. */
const NO_REASON = 'Something went wrong on the server';

/** What was seen under one fault, and what should not have been. */
export class FaultReport {
  readonly rows: [asked: string, seen: string][] = [];
  readonly wrong: string[] = [];

  /** Notes an answer. It has a documented status, and a sentence that says why where it is an error. */
  answer(asked: string, { status, sentence }: Seen, detail = ''): void {
    this.rows.push([asked, [status, sentence, detail].filter((part) => part !== null && part !== '').join(' ')]);
    if (!DOCUMENTED.has(status)) this.wrong.push(`${asked}: status ${status} (${sentence}) is not documented`);
    if (status >= 400 && (sentence === null || sentence === NO_REASON)) this.wrong.push(`${asked}: no reason is said`);
  }

  note(asked: string, seen: string, { isWrong = false } = {}): void {
    this.rows.push([asked, seen]);
    if (isWrong) this.wrong.push(`${asked}: ${seen}`);
  }

  /** A server lives on, or has ended with a sentence. */
  process(server: FaultyServer): void {
    const sentence = server.said.findLast((line) => line.startsWith('magpie: ')) ?? '';
    if (server.isAlive) this.note('the process', sentence === '' ? 'lives' : `lives; its log: ${sentence}`);
    else this.note('the process', `ended: ${sentence}`, { isWrong: server.said.at(-1) !== sentence });
  }

  lost(nLost: number, nAcknowledged: number): void {
    this.note('events', `${nAcknowledged} acknowledged, ${nLost} lost`, { isWrong: nLost > 0 });
  }
}
