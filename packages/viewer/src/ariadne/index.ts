'use client';
export { CompactionPanel } from './compaction-panel.tsx';
export { useAriadneHost } from './use-ariadne-host.ts';
export type { AriadneSelection, AriadneState } from './use-ariadne-host.ts';
export type { AriadneEvent, AriadneSpan, AriadneTrace } from './ariadne-event.ts';
