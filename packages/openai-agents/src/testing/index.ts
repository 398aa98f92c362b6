export { FakeCompactor } from './fake-compactor.ts';
export type { FakeStep } from './fake-compactor.ts';
export { StrictOpenAI } from './openai/strict-openai.ts';
export type { AnsweredRequest, Responder, StrictOpenAIOptions } from './openai/strict-openai.ts';
export { askToCall, call, calledRemotely, say, think } from './openai/reply.ts';
export type { ReplyItem } from './openai/reply.ts';
