import { v5 as uuidv5 } from 'uuid';
import type { EventType } from '../../shared/api/events.ts';
import type { EventRecord } from '../store/store.ts';

/** Our namespace for events made from files: the same row of the same file gives the same id, so importing twice changes nothing. */
const FILE_EVENT_NAMESPACE = '6b1f0a3e-59c8-4c55-9a34-0d4f3c1f7a10';

/** What a reader made of one row: an event, or the reason for leaving it out. */
export type EventRow =
  | { event: Omit<EventRecord, 'id' | 'source'> }
  | { skip: string; expected: boolean /** What stood there instead. */; value?: string };

/** Left out because the row is broken: a refusal under `--strict`. */
export function broken(reason: string, value?: string): EventRow {
  return { skip: reason, expected: false, ...(value !== undefined && { value }) };
}

/** Left out because of what the row says (a cancellation, a line without a customer): normal for this kind of data. */
export function notAnEvent(reason: string): EventRow {
  return { skip: reason, expected: true };
}

export function eventId(source: string, line: number, row: Record<string, string>): string {
  return uuidv5(`${source}\n${line}\n${Object.values(row).join('\u001f')}`, FILE_EVENT_NAMESPACE);
}

/**
 * An instant from a column: seconds or milliseconds since 1970, or ISO 8601; `fallback` where the column is absent.
 * Null where it is none of these.
 */
function readInstant(text: string | undefined, fallback: Date): Date | null {
  if (text === undefined || text === '') return fallback;
  const number = Number(text);
  // 1e11 seconds is the year 5138; as milliseconds it is 1973.
  const date = Number.isFinite(number) ? new Date(number < 1e11 ? number * 1000 : number) : new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** One rating or purchase from the columns that `csv` files have. */
export function readEventRow(row: Record<string, string>, importedAt: Date): EventRow {
  const userId = row['user_id'] ?? '';
  const itemId = row['item_id'] ?? '';
  if (userId === '') return broken('no user_id');
  if (itemId === '') return broken('no item_id');
  if (userId.length > 128 || itemId.length > 128) return broken('an id is longer than 128 characters');
  const type: EventType = row['rating'] ? 'rating' : 'purchase';
  const text = row['rating'] || row['quantity'];
  if (!text) return broken('no rating or quantity');
  const value = Number(text);
  if (!Number.isFinite(value)) return broken(`the ${type === 'rating' ? 'rating' : 'quantity'} is not a number`, text);
  if (type === 'rating' && (value < 0 || value > 10)) return broken('the rating is outside 0…10');
  if (type === 'purchase' && value <= 0) return notAnEvent('quantity of zero or less (a return or cancellation)');
  const price = row['price'] ?? '';
  if (price !== '' && Number.isNaN(Number(price))) return broken('the price is not a number', price);
  if (price !== '' && Number(price) <= 0) return notAnEvent('price of zero or less');
  const occurredAt = readInstant(row['timestamp'], importedAt);
  if (occurredAt === null) return broken('the timestamp is neither seconds since 1970 nor ISO 8601');
  return { event: { userId, itemId, type, value, occurredAt } };
}
