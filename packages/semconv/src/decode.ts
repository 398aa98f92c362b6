import { fromAriadneData } from './from-ariadne-data.ts';
import { ATTRIBUTE_PREFIX, fromAttributes } from './from-attributes.ts';
import type { Decoded } from './decoded.ts';
import { isTree } from './nest.ts';
import type { RecordName, RecordOf } from './records.ts';

/**
 * The record of span `name`, from whichever form arrived: flat OTel attributes (`compact.window.limit`),
 * attributes that a backend has nested (`{ compact: { window: … } }`), or Ariadne data (`{ window: … }`).
 */
export function decode<TName extends RecordName>(name: TName, data: unknown): Decoded<RecordOf<TName>> {
  if (!isTree(data)) return fromAriadneData(name, data);
  if (Object.keys(data).some((key) => key.startsWith(`${ATTRIBUTE_PREFIX}.`)))
    return fromAttributes(name, data);
  const nested = Object.hasOwn(data, ATTRIBUTE_PREFIX) ? data[ATTRIBUTE_PREFIX] : undefined;
  return fromAriadneData(name, isTree(nested) ? nested : data);
}
