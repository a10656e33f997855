/**
 * What the image's HEALTHCHECK runs: status 0 when the server in this container is ready, else 1 and a line that says
 * why not. An API is asked at its own port; a process with MAGPIE_STATUS_PORT, which a worker needs, at that one.
 *
 * It runs every few seconds beside each server, so it loads nothing, not even `config.ts`: a twentieth of a second of
 * processor instead of a fifth.
 */

/** Less than the HEALTHCHECK's own timeout, so that the line can be printed. */
const TIMEOUT_MS = 4_000;

/** Addresses to listen on that mean all of the machine's, and one at which such a server is reached. */
const REACHED_AT: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** An empty variable counts as unset, as in `config.ts`. */
const { MAGPIE_STATUS_PORT, MAGPIE_STATUS_HOST, PORT, HOST } = process.env;
const port = MAGPIE_STATUS_PORT || PORT || '8787';
const listensOn = (MAGPIE_STATUS_PORT ? MAGPIE_STATUS_HOST : HOST) || '127.0.0.1';
const host = REACHED_AT[listensOn] ?? listensOn;
const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/readyz`;

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const answer = await response.text();
  if (!response.ok) fail(`${url} answers ${response.status}: ${answer}`);
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  fail(`${url} does not answer: ${cause instanceof Error ? cause.message : String(cause)}`);
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}
