/**
 * Text from outside (shops, feeds, imports), made harmless for people's terminals and for JSON that people read: what is
 * left is what can be seen.
 */

/** ECMA-48, 5.4 and 5.6: control sequences (colours, cursor) and strings (titles, links), with what they carry. */
const ESCAPE_SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?/g;

/**
 * What has no shape of its own: controls (C0 but line feed and tab, DEL, C1), marks and overrides of direction (UAX #9),
 * invisible operators, soft hyphens, byte order marks, annotations, and halves of surrogate pairs.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\p{Surrogate}]/gu;

/**
 * The zero-width joiner and non-joiner, where they join nothing: emoji sequences (UTS #51) and the scripts of which they are
 * a part (Arabic, Persian, Indic) keep them, between Latin, Greek or Cyrillic letters they only hide.
 */
const IDLE_JOINERS =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D]+|(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\u200C\u200D]+|[\u200C\u200D]+(?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/**
 * Tag characters spell hidden ASCII; only the flags of regions (UTS #51, 🏴 and tags) are seen. The flag is matched and not
 * looked back for, which takes the square of a run's length: a page may have a megabyte of them.
 */
const TAGS = /(\u{1F3F4}[\u{E0020}-\u{E007F}]*)|[\u{E0000}-\u{E007F}]+/gu;

/** Line and paragraph separators, and the controls that move to another line: they end lines unseen, in JavaScript too. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

const PLAIN = /^[\n\t\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF]*$/;

/** The text without what cannot be seen; lines and tabs stay. */
export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(ESCAPE_SEQUENCES, '')
    .replace(LINE_ENDS, '\n')
    .replace(INVISIBLE, '')
    .replace(TAGS, (_, flag: string | undefined) => flag ?? '')
    .replace(IDLE_JOINERS, '');
}

/** As `visibleText`, in one line: for titles and names. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/[\n\t]+/g, ' ');
}
