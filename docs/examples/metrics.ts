import { metrics } from '@opentelemetry/api';
import { clew } from 'clew';

// The meter provider that your application has registered, with whatever exporter it has.
export const { runConfig, shutdown } = await clew({ meter: metrics.getMeter('clew') });
