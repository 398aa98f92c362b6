import type { Call } from '@clew/trace-model';
import { useMemo, type ReactNode } from 'react';
import { formatTokens } from '../format/tokens.ts';
import { plural } from '../words.ts';
import { projectTrigger, type Projection } from './projection.ts';

/** When the trigger will be reached, in a sentence that says what that is taken from. */
export function ProjectionLine({ calls }: { readonly calls: readonly Call[] }): ReactNode {
  const projection = useMemo(() => projectTrigger(calls), [calls]);
  if (projection === undefined) return null;
  return <p className="clew-muted clew-small clew-projection">{projectionWords(projection)}</p>;
}

function projectionWords({ calls, growth, steps, basis }: Projection): string {
  const rate = `${formatTokens(growth, basis)} tokens a call over the last ${plural(steps, 'call')}`;
  if (calls === 0) return `The latest prompt is at the trigger. It grew by ${rate}.`;
  return `At this growth the trigger is reached in about ${plural(calls, 'call')}: ${rate}.`;
}
