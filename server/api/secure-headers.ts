import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders as honoSecureHeaders } from 'hono/secure-headers';
import { headEveryAnswer } from './every-answer.ts';
import type { Step } from './steps.ts';

/** SHA-256 of the empty string: emotion adds one empty `<style>` in production and fills it by the CSSOM. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
const SELF = "'self'";

const POLICY = honoSecureHeaders({
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginEmbedderPolicy: 'require-corp',
  crossOriginResourcePolicy: 'same-origin',
  // Compose terminates TLS; on plain http the header is ignored anyway.
  strictTransportSecurity: 'max-age=31536000',
  contentSecurityPolicy: {
    defaultSrc: [SELF],
    styleSrc: [SELF, EMPTY_STYLE],
    // React and MUI set element.style through the CSSOM; a few SVG and progress elements carry style attributes.
    styleSrcAttr: ["'unsafe-inline'"],
    imgSrc: [SELF, 'data:', 'blob:'],
    fontSrc: [SELF],
    connectSrc: [SELF],
    workerSrc: [SELF, 'blob:'],
    manifestSrc: [SELF],
    objectSrc: ["'none'"],
    baseUri: [SELF],
    formAction: [SELF],
    frameAncestors: ["'none'"],
  },
});

/**
 * COOP and COEP on every page, so that SharedArrayBuffer exists there, and a Content-Security-Policy without inline
 * scripts. `require-corp`, because `credentialless` fails on Safari and Firefox for Android. A route that sets one of
 * these headers itself, as pictures do, is left its own.
 */
export function secureHeaders(): Step {
  let headers: readonly (readonly [string, string])[] | null = null;
  const give = (c: Context): undefined => {
    for (const [name, value] of headers ?? []) headEveryAnswer(c, name, value);
  };
  return (c) => {
    if (headers !== null) return give(c);
    return headersOf(POLICY).then((made) => {
      headers = made;
      return give(c);
    });
  };
}

/** The headers that a middleware gives to an answer without any: the same for all. */
async function headersOf(middleware: MiddlewareHandler): Promise<[string, string][]> {
  const app = new Hono().get('/', middleware, (c) => c.body(null));
  return [...(await app.request('/')).headers];
}
