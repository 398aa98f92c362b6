import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FsArchive } from '@clew/archive';
import { CompactManager, chat } from '@clew/core';
import type { Dialect } from '@clew/core';
import { isNative } from '../sessions/native.ts';
import { contentOf } from '../sessions/read-session.ts';
import { UsageError } from '../usage-error.ts';

export type OpenedArchive = {
  readonly sessionId: string;
  /** An engine that knows this archive, to find what left. */
  readonly manager: CompactManager<object>;
};

/**
 * @param path the archive's folder, or that of one session in it
 * @throws UsageError where there is no archive, or it is not clear which session is meant
 */
export async function openArchive(path: string, wanted: string | undefined): Promise<OpenedArchive> {
  const own = await sessionIdIn(path);
  if (own !== undefined) return opened(dirname(path), own, path);
  const names = await readdir(path).catch(() => {
    throw new UsageError(`${path} could not be read: expected the folder of an archive, as .compact/archive`);
  });
  const found: { readonly id: string; readonly folder: string }[] = [];
  for (const name of names) {
    const folder = join(path, name);
    const id = await sessionIdIn(folder);
    if (id !== undefined && (wanted === undefined || id === wanted || name === wanted))
      found.push({ id, folder });
  }
  const [first] = found;
  if (first === undefined) {
    throw new UsageError(
      wanted === undefined ? `${path} holds no session` : `${path} holds no session '${wanted}'`,
    );
  }
  if (found.length > 1) {
    const ids = found.slice(0, 10).map(({ id }) => id);
    throw new UsageError(
      `${path} holds ${found.length} sessions: name one with --session, as ${ids.join(', ')}`,
    );
  }
  return opened(path, first.id, first.folder);
}

async function opened(path: string, sessionId: string, folder: string): Promise<OpenedArchive> {
  const archive = new FsArchive({ path });
  const dialect = await dialectIn(folder);
  return {
    sessionId,
    manager: new CompactManager<object>({ model: 'any', maxContextTokens: 128_000, dialect, archive }),
  };
}

/** Each line of `events.jsonl` names its session; the folder's own name may have been made safe. */
async function sessionIdIn(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'events.jsonl'), 'utf8').catch(() => '');
  for (const line of text.split('\n')) {
    const value = parse(line);
    if (isNative(value) && typeof value['session_id'] === 'string') return value['session_id'];
  }
  return undefined;
}

/** Transcripts are in the format of the application. */
async function dialectIn(folder: string): Promise<Dialect<object>> {
  const name = (await readdir(folder)).find((file) => basename(file).startsWith('transcript-'));
  if (name === undefined) return chat;
  const text = await readFile(join(folder, name), 'utf8');
  return contentOf(text.split('\n').map(parse).filter(isNative))?.dialect ?? chat;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
