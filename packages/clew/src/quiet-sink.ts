import type { SpanSink } from '@clew/exporters';

type Span = Parameters<SpanSink['onEnd']>[0];

/** The same sink, told only of what a person would want to know: what was compacted, and what went wrong. */
export function quietSink(sink: SpanSink): SpanSink {
  return {
    name: sink.name,
    onEnd: (span) => {
      if (isWorthALine(span)) sink.onEnd(span);
    },
    flush: (signal) => sink.flush(signal),
    shutdown: (signal) => sink.shutdown(signal),
    stats: () => sink.stats(),
  };
}

function isWorthALine({ name, attributes }: Span): boolean {
  if (name === 'compact.error' || name === 'compact.warning') return true;
  const outcome = attributes['compact.outcome'];
  return name === 'compact.run' && typeof outcome === 'string' && !outcome.startsWith('noop');
}
