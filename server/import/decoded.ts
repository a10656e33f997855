import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { OperatorError } from '../operator-error.ts';
import { describeEncodings } from './likely-encodings.ts';

/** An XML declaration is in the first line; a byte order mark in the first three bytes. */
const HEAD_BYTES = 256;

/** Bytes below it are in no text of an encoding that keeps ASCII. */
const TAB = 0x09;

/**
 * The text of a file's bytes: by `given`, else by what the file says (a byte order mark, an XML declaration), else as
 * UTF-8. No byte is replaced by U+FFFD, which would make one name of `Müller` and `Möller`.
 * @param path for the errors
 * @throws OperatorError that names the line and encodings to try, where the bytes are of another encoding.
 */
export async function* decoded(
  chunks: AsyncIterable<Buffer>,
  path: string,
  given: string | undefined,
): AsyncGenerator<string> {
  if (given !== undefined) checkKnown(given, `--encoding ${given}`);
  let head = Buffer.alloc(0);
  let decode: ((chunk: Buffer, isLast: boolean) => string) | null = null;
  for await (const chunk of chunks) {
    if (decode !== null) {
      yield decode(chunk, false);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    decode = decoderOf(path, given ?? encodingSaid(head, path));
    yield decode(head, false).replace(/^\uFEFF/, '');
  }
  if (decode !== null) yield decode(Buffer.alloc(0), true);
  else if (head.length > 0) yield decoderOf(path, given ?? encodingSaid(head, path))(head, true).replace(/^\uFEFF/, '');
}

/** What a file says of its encoding; UTF-8 where it says nothing. */
function encodingSaid(head: Buffer, path: string): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head.toString('latin1').trimStart())?.[1];
  if (declared === undefined) return 'utf-8';
  checkKnown(declared, `the encoding "${declared}", which ${path} says it is in,`);
  return declared;
}

function checkKnown(encoding: string, what: string): void {
  if (iconv.encodingExists(encoding)) return;
  throw new OperatorError(
    `${what} is not known: there are utf-8, utf-16, windows-1252, cp850, macintosh, shift_jis, gb18030 and others`,
  );
}

function decoderOf(path: string, encoding: string): (chunk: Buffer, isLast: boolean) => string {
  let line = 1;
  if (/^utf-?8$/i.test(encoding)) {
    let rest: Buffer = Buffer.alloc(0);
    return (chunk, isLast) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = isLast ? bytes.length : wholeCharacters(bytes);
      const whole = bytes.subarray(0, end);
      if (!isUtf8(whole)) throw notUtf8(path, whole, line);
      rest = bytes.subarray(end);
      line += linesIn(whole);
      return whole.toString('utf8');
    };
  }
  const decoder = iconv.getDecoder(encoding);
  return (chunk, isLast) => {
    const text = decoder.write(chunk) + ((isLast && decoder.end()) || '');
    const at = text.indexOf('\uFFFD');
    if (at >= 0) {
      throw new OperatorError(
        `${path}, line ${line + linesIn(text.slice(0, at))}: there are bytes that ${encoding} does not have, so the file is in another encoding`,
      );
    }
    line += linesIn(text);
    return text;
  };
}

function notUtf8(path: string, bytes: Buffer, firstLine: number): OperatorError {
  // One character a byte, so that positions are the same. Characters above ASCII are of bytes above ASCII alone.
  const latin1 = bytes.toString('latin1');
  if (bytes.some((byte) => byte < TAB)) return new OperatorError(`${path} is not a text file`);
  const words = [...latin1.matchAll(/[^\s,;:"'|<>/]*[\x80-\xff][^\s,;:"'|<>/]*/g)]
    .map((match) => ({ at: match.index, word: Buffer.from(match[0], 'latin1') }))
    .filter(({ word }) => !isUtf8(word));
  const line = firstLine + linesIn(latin1.slice(0, words[0]!.at));
  return new OperatorError(
    `${path}, line ${line}: this is not UTF-8, so say with --encoding what it is: ${describeEncodings(words.map(({ word }) => word))}`,
  );
}

/** How many of the bytes make whole characters of UTF-8; the rest is the beginning of one. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function linesIn(text: string | Buffer): number {
  let n = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) n++;
  return n;
}
