import { visibleText } from '../../shared/text/visible-text.ts';

/** Characters that JSON may carry as they are, and that terminals obey: DEL, C1, directions, separators. */
const OBEYED = /[\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** One JSON object per line on stdout, the form that scripts read with `--json`. Nothing of it is obeyed by a terminal. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value).replace(OBEYED, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  process.stdout.write(`${text}\n`);
}

/** A line for people on stdout. What shops and files brought into it is shown, and not obeyed by the terminal. */
export function printLine(text: string): void {
  process.stdout.write(`${visibleText(text)}\n`);
}

/** As `printLine`, on stderr: what happens meanwhile, and errors. */
export function tellLine(text: string): void {
  process.stderr.write(`${visibleText(text)}\n`);
}
