import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventPlace, WatchChangeRecord } from '../store/store.ts';

/** Up to where a device knows a shopper's changes. */
export interface ChangesCursor {
  /** Of the store: another one's places mean nothing in it. */
  epoch: string;
  /** null: before the first event. */
  place: EventPlace | null;
  /** `watchesTag` of what is watched. */
  watchesTag: string;
}

const form = z.tuple([z.string(), z.string(), z.int(), z.string(), z.int()]);
const TAG_BYTES = 12;

export function writeChangesCursor({ epoch, place, watchesTag }: ChangesCursor): string {
  const parts: z.infer<typeof form> = [epoch, watchesTag, place?.seq ?? 0, place?.eventId ?? '', place?.nEvents ?? 0];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Null where it is none of these: who asks with it begins at the start. */
export function readChangesCursor(cursor: string | undefined): ChangesCursor | null {
  if (cursor === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
  const parsed = form.safeParse(value);
  if (!parsed.success) return null;
  const [epoch, watchesTag, seq, eventId, nEvents] = parsed.data;
  return { epoch, watchesTag, place: seq === 0 ? null : { seq, eventId, nEvents } };
}

/** Another text for other changes. */
export function watchesTag(watches: readonly WatchChangeRecord[]): string {
  const ids = watches.map(({ productId, id }) => [productId, id]);
  return createHash('sha256').update(JSON.stringify(ids)).digest().subarray(0, TAG_BYTES).toString('base64url');
}
