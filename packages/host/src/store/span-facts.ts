import { GenAi } from '@clew/semconv';
import { contextOf, type ContextDigest } from '../context-digest.ts';
import type { IncomingSpan } from './incoming.ts';
import { isCompaction } from './is-compaction.ts';
import { sessionId } from './session-id.ts';

/** What lists are made of, read out of one span. */
export type SpanFacts = {
  readonly session: string | undefined;
  readonly isError: boolean;
  /** Whether it is a run that changed the context. */
  readonly isCompaction: boolean;
  readonly agents: readonly string[];
  readonly models: readonly string[];
  /** Of a run: how its context stands. */
  readonly context: ContextDigest | undefined;
};

type FactSource = Pick<IncomingSpan, 'name' | 'status' | 'attrs' | 'start' | 'end'>;

export function spanFacts(span: FactSource): SpanFacts {
  const { name, status, attrs } = span;
  return {
    session: sessionId(name, attrs),
    isError: status === 'error',
    isCompaction: isCompaction(name, attrs),
    agents: agentsOf(name, attrs),
    models: modelsOf(name, attrs),
    context: contextOf(span),
  };
}

type Attrs = Readonly<Record<string, unknown>>;

/** The agents that a span names, by OTel's keys, or by the plain key of a record in Ariadne's form. */
function agentsOf(name: string | undefined, attrs: Attrs): readonly string[] {
  return texts([
    attrs[GenAi.agentName],
    attrs['compact.agent'],
    name === 'compact.run' ? attrs['agent'] : undefined,
  ]);
}

/** The models that a span names, likewise. */
function modelsOf(name: string | undefined, attrs: Attrs): readonly string[] {
  return texts([
    attrs[GenAi.requestModel],
    attrs[GenAi.responseModel],
    attrs['compact.model'],
    name === 'compact.run' ? attrs['model'] : undefined,
  ]);
}

function texts(values: readonly unknown[]): readonly string[] {
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}
