import { TraceSlot } from '@clew/viewer';
import { createFeed, createHostStore } from '@clew/viewer/hosts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { failedTools } from './viewer-plugin.ts';

it('shows what failed, once', () => {
  const feed = createFeed();
  const host = createHostStore(feed).getSnapshot();
  const slot = createElement(TraceSlot, { name: 'strip', host, plugins: [failedTools] });
  expect(renderToStaticMarkup(slot)).toBe('');
  const tool = { traceId: 't', name: 'execute_tool read_file', attrs: {} };
  const failed = { ...tool, id: '2', status: 'error' as const };
  feed.add({ spans: [{ ...tool, id: '1' }, failed, failed] });
  const other = createFeed();
  other.add({ spans: [failed, failed] });
  const shown = createElement(TraceSlot, {
    name: 'strip',
    host: createHostStore(other).getSnapshot(),
    plugins: [failedTools],
  });
  expect(renderToStaticMarkup(shown)).toContain('<p>execute_tool read_file</p>');
});
