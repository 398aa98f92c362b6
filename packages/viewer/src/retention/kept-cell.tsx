import type { KeptOfTotal } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { keptOf, keptTone } from './fact-words.ts';

/** `9 of 12` over a bar of that length; `none` where there was nothing of the kind. */
export function KeptCell({ of }: { readonly of: KeptOfTotal | undefined }): ReactNode {
  if (of === undefined || of.total === 0) return <span className="clew-muted">none</span>;
  return (
    <span className={`clew-kept clew-tone-${keptTone(of)}`}>
      <span className="clew-number">{keptOf(of)}</span>
      <span className="clew-kept-bar" aria-hidden="true">
        <i style={{ width: `${(of.kept / of.total) * 100}%` }} />
      </span>
    </span>
  );
}
