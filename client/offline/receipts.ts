import type { EventReceipts } from '../../shared/api/events.ts';

export interface Settlement {
  /** Known to the server: they leave the outbox. */
  delivered: string[];
  rejected: { id: string; reason: string }[];
  /** Rejected for a reason that can pass: they stay and are sent again later. */
  later: { id: string; reason: string }[];
  /** Sent without a receipt: they stay and are sent again, which is safe because ids are unique. */
  unanswered: string[];
}

/** Sorts the sent events by the server's receipts. Other receipts are ignored. */
export function settle(sentIds: readonly string[], { receipts }: EventReceipts): Settlement {
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const settlement: Settlement = { delivered: [], rejected: [], later: [], unanswered: [] };
  for (const id of sentIds) {
    const receipt = byId.get(id);
    if (receipt === undefined) settlement.unanswered.push(id);
    else if (receipt.status === 'rejected') {
      const list = receipt.retry === true ? settlement.later : settlement.rejected;
      list.push({ id, reason: receipt.reason ?? 'The server gave no reason.' });
    } else settlement.delivered.push(id);
  }
  return settlement;
}
