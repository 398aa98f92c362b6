import { resolve } from 'node:path';
import type { RecallResult } from 'clew';
import type { Command } from '../command.ts';
import { openArchive } from '../recall/open-archive.ts';
import { wholeNumber } from '../whole-number.ts';

export const recall: Command = {
  name: 'recall',
  arguments: ['ARCHIVE', 'ID|QUERY'],
  isRepeatable: true,
  summary: 'Finds what left a context in the archive: by the id of an item or of a call, or by words.',
  about:
    'ARCHIVE is the folder of an archive, or of one session in it. An id may be cut to its first 6 characters.\nExit code 1 where nothing is found.',
  flags: {
    session: { type: 'string', value: 'ID', help: 'Which session, where the archive holds several.' },
    limit: { type: 'string', value: 'N', help: 'At most so many items, for words. Default 5.' },
    json: { type: 'boolean', help: 'Print what was found as JSON, items whole.' },
  },
  examples: [
    ['compactctl recall .compact/archive/depot call_17', 'What did that call answer?'],
    ['compactctl recall .compact/archive --session depot date test failed', 'Search by words.'],
  ],
  async run([path = '', ...words], flags, terminal) {
    const session = typeof flags['session'] === 'string' ? flags['session'] : undefined;
    const { manager, sessionId } = await openArchive(resolve(terminal.directory, path), session);
    const text = words.join(' ');
    const byId = words.length === 1 ? await manager.recall(sessionId, { id: text }) : undefined;
    const result =
      byId?.outcome === 'found'
        ? byId
        : await manager.recall(sessionId, { query: text, limit: wholeNumber('limit', flags['limit']) });
    for (const { location, message } of result.unreadable) terminal.error(`${location}: ${message}`);
    terminal.out(
      flags['json'] === true ? JSON.stringify({ session: sessionId, ...result }, null, 2) : textOf(result),
    );
    return result.outcome === 'found' ? 0 : 1;
  },
};

function textOf({ outcome, items, scannedCount, advice }: RecallResult<object>): string {
  if (items.length === 0)
    return advice ?? `${outcome.replaceAll('_', ' ')} among ${scannedCount} archived items`;
  return items
    .map(({ id, role, kind, tool, fate, sequence, archiveRef, text }) => {
      const what = [id, role, kind, tool].filter((part) => part !== undefined).join(' ');
      return `${what}: ${fate ?? 'archived'} by compaction ${sequence}, ${archiveRef}\n${text}`;
    })
    .join('\n\n');
}
