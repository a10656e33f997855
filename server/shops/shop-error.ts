/** Why a shop's answer could not be read: the shop refused, or its page or API said nothing that can be used. */
export type UnreadableReason = 'blocked_by_shop' | 'unreadable';

/** The shop answered, but not with offers. The message is a sentence for people that names what came instead. */
export class UnreadablePageError extends Error {
  override readonly name = 'UnreadablePageError';
  readonly reason: UnreadableReason;
  readonly url: string;

  constructor(reason: UnreadableReason, message: string, url: string) {
    super(message);
    this.reason = reason;
    this.url = url;
  }
}
