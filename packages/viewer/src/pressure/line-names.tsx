import type { Call } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { formatTokens } from '../format/tokens.ts';
import { up, type Scale } from './scale.ts';

/** The lines are named where they start: early in a session little else is up there. Calls are those shown. */
export function LineNames({
  calls,
  scale,
}: {
  readonly calls: readonly Call[];
  readonly scale: Scale;
}): ReactNode {
  const window = calls.find((call) => call.window?.trigger !== undefined)?.window ?? calls[0]?.window;
  if (window === undefined || window.limit === 0) return null;
  const divisor = scale.unit === 'percent' ? window.limit : 1;
  return (['limit', 'trigger', 'target'] as const).map((line) => {
    const tokens = window[line];
    if (tokens === undefined) return null;
    return (
      <span
        key={line}
        className="clew-line-name"
        style={{ bottom: `${up(scale, tokens / divisor) * 100}%` }}
        aria-hidden="true"
      >
        {line} {scale.unit === 'percent' ? formatRatio(tokens / divisor) : formatTokens(tokens)}
      </span>
    );
  });
}
