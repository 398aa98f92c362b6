export { RecordingObserver } from './recording-observer.ts';
export type { RecordedRun } from './recording-observer.ts';
export { ScriptedSummarizer } from './scripted-summarizer.ts';
export type { ScriptedSummarizerOptions, SummarizerStep } from './scripted-summarizer.ts';
export { writtenSummary } from './written-summary.ts';
export { conversation } from './conversation.ts';
export type { ChatItem, TurnPlan } from './conversation.ts';
export { brokenLaws } from './laws.ts';
