import type { Context } from 'hono';
import type { z } from 'zod';
import { type EventReceipts, isTooFarAhead } from '../../shared/api/events.ts';
import { describeIssue } from '../describe-issue.ts';
import type { Gate } from './gate.ts';
import { ProblemError } from './problem.ts';
import type { DeviceAccess } from './route-access.ts';

export type Receipt = EventReceipts['receipts'][number];

/** What becomes of one of a batch, be it an event or a change: it may be written, or it is rejected. */
export type Judged<T> = { record: T } | { rejected: Receipt };

/** @param retry whether the reason can pass */
export function rejected(id: string | null, reason: string, { retry }: { retry: boolean }): { rejected: Receipt } {
  return { rejected: { id, status: 'rejected', reason, retry } };
}

/** What is sent of a shopper whose data has been deleted. */
export function rejectedAsDeleted(id: string): Receipt {
  return rejected(id, 'user_id: the data of this shopper has been deleted', { retry: false }).rejected;
}

/** What each of a batch has besides what it is about. */
interface Told {
  id: string;
  user_id: string;
}

/** How each of a batch is judged. */
interface Judging<T> {
  gate: Gate;
  schema: z.ZodType<T>;
  /** Names it in a reason that is about no field. */
  what: string;
  /** The field with the client's clock. */
  instant: keyof T & string;
  access: DeviceAccess;
}

/**
 * Judges one of a batch by itself: its form, its clock, and whether the caller may write for its shopper.
 * @returns it with the id of the shopper to write for
 */
export async function judge<T extends Told>(
  c: Context,
  given: unknown,
  { gate, schema, what, instant, access }: Judging<T>,
): Promise<Judged<T>> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || what}: ${describeIssue(issue)}`);
    return rejected(givenId(given), reasons.join('; '), { retry: false });
  }
  const told = parsed.data;
  if (isTooFarAhead(String(told[instant]))) {
    const reason = `${instant}: is more than a day ahead of the server’s clock`;
    const { rejected: receipt } = rejected(told.id, reason, { retry: true });
    return { rejected: { ...receipt, server_time: new Date().toISOString() } };
  }
  try {
    return { record: { ...told, user_id: await gate.requireShopper(c, told.user_id, access) } };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return rejected(told.id, error.message, { retry: true });
  }
}

function givenId(given: unknown): string | null {
  if (typeof given !== 'object' || given === null || !('id' in given)) return null;
  return typeof given.id === 'string' ? given.id : null;
}

/** Receipts in the order of the batch. @param receiptOf of what was written */
export function receiptsOf<T>(batch: readonly Judged<T>[], receiptOf: (record: T) => Receipt): EventReceipts {
  return { receipts: batch.map((one) => ('rejected' in one ? one.rejected : receiptOf(one.record))) };
}

/** Those of a batch that may be written. */
export function recordsOf<T>(batch: readonly Judged<T>[]): T[] {
  return batch.flatMap((one) => ('record' in one ? [one.record] : []));
}
