import type { EventReceipts } from '../../shared/api/events.ts';

export interface Settlement {
  /** Known to the server: they leave the outbox. */
  delivered: string[];
  rejected: { id: string; reason: string }[];
  /** Rejected for a reason that can pass: they stay and are sent again later. */
  later: { id: string; reason: string }[];
  /** Rejected because this device's clock is too far ahead: they are sent again with the server's time. */
  ahead: { id: string; reason: string; serverTime: string }[];
  /** Sent without a receipt: they stay and are sent again, which is safe because ids are unique. */
  unanswered: string[];
}

/** Servers before 0.2 do not say it. Nothing would end the trying where the reason never passes. */
const UNSAID = 'This server does not say whether it may take it later, so it is not sent again.';

/** Sorts what was sent by the server's receipts. Other receipts are ignored. */
export function settle(sentIds: readonly string[], { receipts }: EventReceipts): Settlement {
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const settlement: Settlement = { delivered: [], rejected: [], later: [], ahead: [], unanswered: [] };
  for (const id of sentIds) {
    const receipt = byId.get(id);
    if (receipt === undefined) settlement.unanswered.push(id);
    else if (receipt.status !== 'rejected') settlement.delivered.push(id);
    else {
      const { retry, server_time: serverTime, reason = 'The server gave no reason.' } = receipt;
      if (serverTime !== undefined) settlement.ahead.push({ id, reason, serverTime });
      else if (retry === true) settlement.later.push({ id, reason });
      else settlement.rejected.push({ id, reason: retry === false ? reason : `${asSentence(reason)} ${UNSAID}` });
    }
  }
  return settlement;
}

function asSentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
