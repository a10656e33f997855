import { IdMap } from '../interactions/id-map.ts';
import { checkParameters, type TrainingParameters } from '../training/parameters.ts';
import type { FactorModel } from './factor-model.ts';
import { idTensors, readIdTensors } from './id-tensors.ts';
import {
  ModelFileError,
  type ReadTensorFile,
  readTensors,
  type TensorFile,
  tensorNamed,
  writeTensors,
} from './safetensors.ts';

/** What `__metadata__.format` says, so that another program's factors are not taken for a model of this one. */
const FORMAT = 'magpie-factor-model-2';
/** That of version 0.1.0: ids as JSON texts in `__metadata__`, no checksum. */
const FORMER_FORMAT = 'magpie-factor-model-1';

/**
 * A safetensors file with a checksum: tensors `user_factors` and `item_factors`, F32 [n × k], with the ids of their rows
 * in `user_ids` and `item_ids` (id-tensors.ts); in `__metadata__`, as JSON texts, `parameters`, and `training` where it
 * is known.
 * @param training how the model came about: engine, adapter, loss; for people who look into the file
 * @throws RangeError for ids that no file can hold
 */
export function writeFactorModel(model: FactorModel, training?: Record<string, unknown>): Uint8Array<ArrayBuffer> {
  const k = model.nFactors;
  return writeTensors({
    tensors: new Map([
      ['user_factors', { shape: [model.users.size, k], data: model.userFactors }],
      ['item_factors', { shape: [model.items.size, k], data: model.itemFactors }],
      ...idTensors('user_ids', model.users),
      ...idTensors('item_ids', model.items),
    ]),
    metadata: new Map([
      ['format', FORMAT],
      ['parameters', JSON.stringify(model.parameters)],
      ...(training === undefined ? [] : [['training', JSON.stringify(training)] as const]),
    ]),
  });
}

/** @throws ModelFileError when the bytes are no model: cut off, altered, or another program's. */
export function readFactorModel(bytes: Uint8Array): FactorModel {
  const file = readTensors(bytes);
  const readIds = idReaderOf(file);
  const parameters = readParameters(file);
  const nFactors = parameters.nFactors;
  const users = readIds(file, 'user_ids');
  const items = readIds(file, 'item_ids');
  const userFactors = readFactors(file, 'user_factors', users.size, nFactors);
  const itemFactors = readFactors(file, 'item_factors', items.size, nFactors);
  return { nFactors, users, items, userFactors, itemFactors, parameters };
}

function idReaderOf({ metadata, isChecked }: ReadTensorFile): (file: TensorFile, name: string) => IdMap {
  const format = metadata.get('format');
  if (format === FORMER_FORMAT) return readJsonIds;
  if (format !== FORMAT) {
    throw new ModelFileError(
      `the file's format is ${JSON.stringify(format ?? null)}, not "${FORMAT}": another program wrote it`,
    );
  }
  if (!isChecked) throw new ModelFileError('the file is damaged: its checksum is missing');
  return readIdTensors;
}

function readFactors(file: TensorFile, name: string, nRows: number, nFactors: number): Float32Array {
  const { shape, data } = tensorNamed(file, name, 'F32');
  if (shape.length !== 2 || shape[0] !== nRows || shape[1] !== nFactors) {
    throw new ModelFileError(
      `the tensor "${name}" is [${shape}], but its ids and parameters say [${[nRows, nFactors]}]`,
    );
  }
  if (!data.every(Number.isFinite)) throw new ModelFileError(`the tensor "${name}" holds numbers that are not finite`);
  return data;
}

function readJsonIds(file: TensorFile, key: string): IdMap {
  const ids = readJson(file, key);
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    throw new ModelFileError(`the metadata "${key}" is not a list of texts`);
  }
  try {
    return IdMap.of(ids);
  } catch (cause) {
    throw new ModelFileError(`the metadata "${key}" is wrong: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function readParameters(file: TensorFile): TrainingParameters {
  const value = readJson(file, 'parameters');
  if (typeof value !== 'object' || value === null)
    throw new ModelFileError('the metadata "parameters" is not an object');
  // Every field is checked before the type is relied on.
  const parameters = value as TrainingParameters;
  try {
    checkParameters(parameters);
  } catch (cause) {
    throw new ModelFileError(`the model's parameters are wrong: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  return parameters;
}

function readJson({ metadata }: TensorFile, key: string): unknown {
  const text = metadata.get(key);
  if (text === undefined) throw new ModelFileError(`the metadata "${key}" is missing`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelFileError(`the metadata "${key}" is not JSON`, { cause });
  }
}
