import { agents } from '@clew/core';
import type { AgentItem } from '@clew/core';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Tells conversations apart by what they begin with, where nobody says which is which: each sends its whole history
 * at each call. Two that run at the same time must not be taken for one, since each reports its own usage.
 */
export function conversationKey([first]: readonly AgentItem[]): string {
  const text = first === undefined ? '' : agents.inspect(first).text;
  return bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 4));
}
