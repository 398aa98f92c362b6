export { StrictAriadne } from './strict-ariadne.ts';
export type { Post, StrictAriadneOptions } from './strict-ariadne.ts';
export { StrictOtlp } from './strict-otlp.ts';
export type { OtlpPost, StrictOtlpOptions } from './strict-otlp.ts';
export type { ReceivedEvent } from './ariadne-rules.ts';
export type { Fault } from './scripted-faults.ts';
export { openEventStream } from './event-stream.ts';
export type { EventStream } from './event-stream.ts';
