/**
 * A service that Magpie needs does not answer, though it was waited for. Nothing is wrong with what was asked: the API
 * answers 503 with `Retry-After`.
 */
export class UnavailableError extends Error {}

/** The database does not answer. */
export class StoreUnavailableError extends UnavailableError {
  override readonly name = 'StoreUnavailableError';
  /** The connection was lost after COMMIT had been sent, so that the change may have been kept. Else it was not. */
  readonly mayBeKept: boolean;

  constructor({ mayBeKept, cause }: { mayBeKept: boolean; cause: unknown }) {
    super(
      mayBeKept
        ? 'the database went away while it kept the change: whether it was kept is not known; look, or try again'
        : 'the database cannot be reached: nothing of this was kept; try again in a moment',
      { cause },
    );
    this.mayBeKept = mayBeKept;
  }
}

/** The queue's Redis does not answer, or refuses. */
export class QueueUnavailableError extends UnavailableError {
  override readonly name = 'QueueUnavailableError';
}

/** With which a command ends where a service was away: sysexits.h's EX_TEMPFAIL, for which trying again may help. */
export const UNAVAILABLE_EXIT_CODE = 75;
