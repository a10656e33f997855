/** A larger value is not kept: one page or one comparison has at most some hundred kilobytes. */
export const MAX_VALUE_BYTES = 2 * 1024 * 1024;
