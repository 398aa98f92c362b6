export { recordSession } from './record-session.ts';
export type { SessionScript } from './simulation.ts';
export { buildRunRecord } from './run-record.ts';
export type { RunFacts } from './run-record.ts';
export { createSpanRecorder, recordBase } from './span-recorder.ts';
export type { Form, SpanRecorder } from './span-recorder.ts';
export { createRandom } from './random.ts';
export type { Random } from './random.ts';
