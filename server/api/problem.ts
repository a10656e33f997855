import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ZodError } from 'zod';
import type { Problem } from '../../shared/api/problem.ts';
import { visibleText } from '../../shared/text/visible-text.ts';
import { ComparisonError } from '../comparison/comparisons.ts';
import { saysDamaged } from '../database/database.ts';
import { describeIssue } from '../describe-issue.ts';
import { QueueFullError } from '../jobs/job-queue.ts';
import { LimitReachedError } from '../limits/rate-limiter.ts';
import { DeletedShopperError, StoreFullError } from '../store/store.ts';
import { StoreUnavailableError, UnavailableError } from '../unavailable-error.ts';

/** An error that the caller meets as RFC 9457 problem details. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly headers: Record<string, string>;

  constructor(problem: Omit<Problem, 'type'> & { type?: string }, headers: Record<string, string> = {}) {
    super(problem.detail ?? problem.title);
    this.problem = { type: 'about:blank', ...problem };
    this.headers = headers;
  }
}

/** A request that waits for shops while the server stops; another server, or this one when it is back, answers it. */
export function stoppingProblem(): ProblemError {
  return new ProblemError(
    {
      title: 'The server is stopping',
      status: 503,
      detail: 'It could not finish this request before.',
      action: 'Send it again in a few seconds.',
    },
    { 'retry-after': '5', connection: 'close' },
  );
}

/** When a client whose comparisons wait may ask again: about what a worker takes for one. */
const QUEUE_RETRY_S = 10;

/** When to come back to a service that was away: it is waited for anew then. */
const UNAVAILABLE_RETRY_S = 5;

function unavailableProblem(error: UnavailableError): ProblemError {
  const [title, detail] =
    error instanceof StoreUnavailableError
      ? [
          'The database does not answer',
          error.mayBeKept
            ? 'It went away while it kept this request: whether it did is not known.'
            : 'Nothing of this request was kept.',
        ]
      : ['The job queue does not answer', 'It may have taken the job all the same; asking again does no harm.'];
  return new ProblemError(
    { title, status: 503, detail, action: `Send it again in ${UNAVAILABLE_RETRY_S} s.` },
    { 'retry-after': String(UNAVAILABLE_RETRY_S) },
  );
}

/** The fields are those of draft-ietf-httpapi-ratelimit-headers-10. */
function limitProblem({ allowance, retryAfterS }: LimitReachedError): ProblemError {
  const { name, points, windowS } = allowance;
  const within = windowS === 0 ? ' at once' : ` in ${windowS} s`;
  return new ProblemError(
    {
      title: 'Too many requests',
      status: 429,
      detail: `The limit on ${name} is ${points}${within}.`,
      action: `Wait ${retryAfterS} s. A key from the operator has ten times the limits.`,
    },
    {
      'retry-after': String(retryAfterS),
      ...(windowS > 0 && {
        'ratelimit-policy': `"${name}";q=${points};w=${windowS}`,
        ratelimit: `"${name}";r=0;t=${retryAfterS}`,
      }),
    },
  );
}

function queueFullProblem({ ofClient, max }: QueueFullError): ProblemError {
  return new ProblemError(
    {
      title: ofClient ? 'Too many requests' : 'The server is busy',
      status: ofClient ? 429 : 503,
      detail: ofClient ? `${max} of your jobs wait already.` : `${max} jobs wait already.`,
      action: `Ask again in ${QUEUE_RETRY_S} s.`,
    },
    { 'retry-after': String(QUEUE_RETRY_S) },
  );
}

function comparisonProblem({ message }: ComparisonError): ProblemError {
  return new ProblemError(
    {
      title: 'The prices could not be compared',
      status: 503,
      detail: message,
      action: 'Ask again in a moment, or with async=true and follow the job.',
    },
    { 'retry-after': String(QUEUE_RETRY_S) },
  );
}

/** zod's issues as RFC 9457 problem details, one entry per field. */
export function validationProblem(error: ZodError): Problem {
  return validationProblemOf(
    error.issues.flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: describeIssue(issue) }];
      return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not known here' }));
    }),
  );
}

/** What is wrong with which field, as RFC 9457 problem details. The path of the whole body is empty. */
export function validationProblemOf(errors: NonNullable<Problem['errors']>): Problem {
  return {
    type: 'about:blank',
    title: 'The request cannot be used',
    status: 400,
    detail: errors.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; '),
    action: 'Correct the fields named in `errors` and send it again.',
    errors,
  };
}

function toProblem(error: Error): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ZodError) return validationProblem(error);
  if (error instanceof StoreFullError) {
    return {
      type: 'about:blank',
      title: 'The disk of the server is full',
      status: 507,
      detail: 'Nothing of this request was kept; everything before it is safe.',
      action: 'Keep it and send it again later; the operator has to free space.',
    };
  }
  if (saysDamaged(error)) {
    return {
      type: 'about:blank',
      title: 'The database of the server is damaged',
      status: 500,
      detail: 'What this request needs cannot be read.',
      action: 'The operator has to restore a backup; the log says more.',
    };
  }
  if (error instanceof DeletedShopperError) {
    return {
      type: 'about:blank',
      title: 'This shopper has been deleted',
      status: 410,
      detail: 'Their data was deleted, and nothing of theirs is taken any more.',
      action: 'Begin as a new shopper, with another id.',
    };
  }
  if (error instanceof HTTPException) {
    return {
      type: 'about:blank',
      title: error.message || 'The request failed',
      status: error.status,
      action: 'Correct the request: /docs shows what each path takes.',
    };
  }
  return {
    type: 'about:blank',
    title: 'Something went wrong on the server',
    status: 500,
    action: 'Try again; if it stays, give the request id to the operator.',
  };
}

/** Answers any thrown error as `application/problem+json`; an unexpected one is logged by `observeRequests`. */
export function answerProblem(error: Error, c: Context): Response {
  if (error instanceof LimitReachedError) return answerProblem(limitProblem(error), c);
  if (error instanceof QueueFullError) return answerProblem(queueFullProblem(error), c);
  if (error instanceof ComparisonError) return answerProblem(comparisonProblem(error), c);
  if (error instanceof UnavailableError) return answerProblem(unavailableProblem(error), c);
  const told = toProblem(error);
  const detail = told.detail && { detail: visibleText(told.detail) };
  const problem: Problem = { ...told, ...detail, instance: `urn:request:${c.get('requestId')}` };
  const headers = error instanceof ProblemError ? error.headers : {};
  const body = JSON.stringify(problem);
  return c.body(body, problem.status as ContentfulStatusCode, {
    'content-length': String(Buffer.byteLength(body)),
    // Some of these a cache may keep by itself (RFC 9110, 15.1), though the next caller gets another answer.
    'cache-control': 'no-store',
    ...headers,
    'content-type': 'application/problem+json',
  });
}
