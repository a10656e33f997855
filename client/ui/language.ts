/**
 * The language of the app's own sentences and of the words within them ("3 minutes ago", "Austria"). Amounts and dates
 * follow the browser's language.
 */
export const LANGUAGE = 'en';
