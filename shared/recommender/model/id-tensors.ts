import { IdMap } from '../interactions/id-map.ts';
import { ModelFileError, type Tensor, type TensorFile, tensorNamed } from './safetensors.ts';

/** Offsets are 32-bit, as safetensors' `U32`. */
const MAX_BYTES = 2 ** 32 - 1;

/** @throws RangeError that names what of these ids no file can hold. */
export function checkStorableIds(ids: readonly string[]): void {
  let sizeBytes = 0;
  for (const id of ids) {
    if (!id.isWellFormed()) {
      throw new RangeError(
        `the id ${JSON.stringify(id)} is no Unicode text (half of a surrogate pair), so no file can hold it`,
      );
    }
    sizeBytes += utf8Bytes(id);
  }
  if (sizeBytes > MAX_BYTES) {
    throw new RangeError(
      `${ids.length} ids take ${sizeBytes} bytes, and a file holds ${MAX_BYTES} at most: use shorter ones`,
    );
  }
}

/**
 * Ids in two tensors: `NAME`, the UTF-8 bytes of all of them one after the other, and `NAME_offsets`, [n + 1], where
 * each begins. JSON in the header would end at V8's longest text, 2.6 million ids in one case.
 * @throws RangeError as `checkStorableIds`
 */
export function idTensors(name: string, { ids }: IdMap): [string, Tensor][] {
  checkStorableIds(ids);
  const offsets = new Uint32Array(ids.length + 1);
  for (const [i, id] of ids.entries()) offsets[i + 1] = offsets[i]! + utf8Bytes(id);
  const bytes = new Uint8Array(offsets[ids.length]!);
  const encoder = new TextEncoder();
  for (const [i, id] of ids.entries()) encoder.encodeInto(id, bytes.subarray(offsets[i]!, offsets[i + 1]!));
  return [
    [`${name}_offsets`, { shape: [offsets.length], data: offsets }],
    [name, { shape: [bytes.length], data: bytes }],
  ];
}

/** @throws ModelFileError when the tensors are no ids. */
export function readIdTensors(file: TensorFile, name: string): IdMap {
  const { data: bytes } = tensorNamed(file, name, 'U8');
  const { data: offsets } = tensorNamed(file, `${name}_offsets`, 'U32');
  if (offsets[0] !== 0 || offsets.at(-1) !== bytes.length || !offsets.every((end, i) => end >= (offsets[i - 1] ?? 0))) {
    throw new ModelFileError(`the tensor "${name}_offsets" does not divide the ${bytes.length} bytes of "${name}"`);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const ids = function* (): Generator<string> {
    for (let i = 1; i < offsets.length; i++) yield decoder.decode(bytes.subarray(offsets[i - 1], offsets[i]));
  };
  try {
    return IdMap.of(ids());
  } catch (cause) {
    throw new ModelFileError(`the tensor "${name}" is wrong: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function utf8Bytes(text: string): number {
  let n = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A surrogate pair takes four bytes: two for each of its halves.
    if (code > 0x7f) n += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return n;
}
