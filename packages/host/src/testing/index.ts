export { describeTraceSource } from './describe-trace-source.ts';
export type { TraceSourceUnderTest } from './describe-trace-source.ts';
export { contractSession } from './contract-session.ts';
export type { ContractSession, ContractSessionOptions } from './contract-session.ts';
export { MemorySource } from './memory-source.ts';
export { listAll, readAll } from './read-source.ts';
