import { createModel, fold, type Model } from '@clew/trace-model';
import { lazy } from 'react';
import { definePlugin } from '../plugin/trace-plugin.ts';
import { CutBadge } from './cut-badge.tsx';

/** Context compaction, as a plugin: what Clew's engine recorded, in every slot. Large views load when they are shown. */
export const compaction = definePlugin<Model>({
  api: 1,
  id: '@clew/viewer',
  title: 'Context',
  match: (span) => span.name.startsWith('compact.') || span.attrs['gen_ai.conversation.compacted'] === true,
  // Calls and agents too: they say what the provider reported, and whose context it was.
  model: ({ spans, traces }, previous) => fold(spans, previous ?? createModel(), traces),
  views: {
    row: CutBadge,
    strip: lazy(async () => ({ default: (await import('./compaction-strip.tsx')).CompactionStrip })),
    inspector: lazy(async () => ({ default: (await import('./cut-panel.tsx')).CutPanel })),
    page: lazy(async () => ({ default: (await import('./context-page.tsx')).ContextPage })),
  },
});
