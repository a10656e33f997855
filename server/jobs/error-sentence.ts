/** Faults in the code: their messages are for programmers. */
const FAULTS = [TypeError, ReferenceError, SyntaxError];

/** Two words at least, of two letters at least, in any script. */
const TWO_WORDS = /\p{L}{2,}\P{L}+\p{L}{2,}/u;
/** JSON, markup, a line of a stack, a bare exception's name. */
const NO_SENTENCE = /^\s*([{}[\]<]|at \S+ \(|[\w.]*(Error|Exception):?\s*$)/;

/** Whether a person can read it as what happened. */
export function isSentence(text: string): boolean {
  return TWO_WORDS.test(text) && !NO_SENTENCE.test(text);
}

/**
 * What a job's record says of an error. In place of what is no sentence for people stands one that says which job failed and
 * what to do; the error itself is in the log.
 */
export function errorSentence(jobName: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!FAULTS.some((fault) => error instanceof fault) && isSentence(message)) return message;
  return `the job "${jobName}" failed in a way that was not foreseen: try it again; if it stays, give its id to the operator, whose log has the reason`;
}
