import type { MiddlewareHandler } from 'hono';
import { secureHeaders as honoSecureHeaders } from 'hono/secure-headers';

/** SHA-256 of the empty string: emotion adds one empty `<style>` in production and fills it by the CSSOM. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
const SELF = "'self'";

/**
 * COOP and COEP on every page, so that SharedArrayBuffer exists there, and a Content-Security-Policy without inline
 * scripts. `require-corp`, because `credentialless` fails on Safari and Firefox for Android. A route that sets one of
 * these headers itself, as pictures do, is left its own.
 */
export function secureHeaders(): MiddlewareHandler {
  return honoSecureHeaders({
    overwrite: false,
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
}
