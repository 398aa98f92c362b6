import { responses } from '@clew/core';
import { isNative, textOr } from './native.ts';
import type { Native } from './native.ts';
import type { SessionContent } from './session-format.ts';

/**
 * A rollout of Codex: one record a line, with the items of the Responses API as the payload of some. Records of what
 * the terminal showed, and of compactions, are left out: the items that those replaced are in the file.
 */
export function codex(values: readonly Native[]): SessionContent | undefined {
  const isRollout = values.some(({ type, payload }) => type === 'response_item' && isNative(payload));
  if (!isRollout) return undefined;
  const payloads = (name: string): readonly Native[] =>
    values.flatMap(({ type, payload }) => (type === name && isNative(payload) ? [payload] : []));
  const [meta] = payloads('session_meta');
  const base = meta?.['base_instructions'];
  const instructions = textOr(meta?.['instructions']) || (isNative(base) ? textOr(base['text']) : '');
  return {
    format: 'codex',
    dialect: responses,
    items: payloads('response_item'),
    ...(instructions === '' ? {} : { instructions }),
  };
}
