import createCache from '@emotion/cache';

/**
 * Emotion's styles stand first in the head, so that our own style sheets win without `!important`. In production it
 * fills one empty `<style>` through the CSSOM (`speedy`), which the content security policy allows by the hash of the
 * empty string.
 */
export const emotionCache = createCache({ key: 'm', prepend: true, speedy: import.meta.env.PROD });
