import type { Call } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { plural } from '../words.ts';
import { unexpectedMisses } from './unexpected-misses.ts';

/** Misses of the cache that no compaction explains. Nothing where the provider reported nothing. */
export function MissLine({ calls }: { readonly calls: readonly Call[] }): ReactNode {
  const { expected, missed } = unexpectedMisses(calls);
  if (expected === 0) return null;
  return (
    <p className="clew-muted">
      {missed.length === 0
        ? `The provider read the beginning from its cache at each of the ${plural(expected, 'call')} where it could.`
        : `Unexpected misses: ${missed.length} of ${plural(expected, 'call')} (${formatRatio(missed.length / expected)}), where the prompt began as the one before and the provider read less than half of that from its cache.`}
    </p>
  );
}
