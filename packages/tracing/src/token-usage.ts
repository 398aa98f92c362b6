import type { Usage } from '@clew/core';
import { GenAi } from '@clew/semconv';
import type { Attributes, Meter } from '@opentelemetry/api';
import { MetricName } from './metric-name.ts';

/** Records what a model call used, as the GenAI conventions measure it. */
export function createTokenUsage(meter: Meter): (usage: Usage, attributes: Attributes) => void {
  const histogram = meter.createHistogram(MetricName.tokenUsage, {
    unit: '{token}',
    description: 'Number of input and output tokens used.',
    advice: { explicitBucketBoundaries: Array.from({ length: 14 }, (_, power) => 4 ** power) },
  });
  return ({ inputTokens, outputTokens }, attributes) => {
    histogram.record(inputTokens, { ...attributes, [GenAi.tokenType]: 'input' });
    if (outputTokens !== undefined)
      histogram.record(outputTokens, { ...attributes, [GenAi.tokenType]: 'output' });
  };
}
