import { raw } from 'hono/html';

/** JSON for a script element: `<` is escaped, so that no text can end the element. */
export const jsonScript = (value: unknown) => raw(JSON.stringify(value).replaceAll('<', '\\u003c'));
