/**
 * What the app's own sentences are in, and so the words that stand within them ("3 minutes ago", "Austria"). Amounts and
 * dates are written as the browser's own language does.
 */
export const LANGUAGE = 'en';
