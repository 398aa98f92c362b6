export { FakeCompactor } from './fake-compactor.ts';
export type { FakeStep } from './fake-compactor.ts';
