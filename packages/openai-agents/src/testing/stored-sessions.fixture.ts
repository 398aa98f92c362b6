import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemorySession } from '@openai/agents-core';
import type { AgentInputItem, Session } from '@openai/agents-core';
import Database from 'libsql';
import type { SessionUnderTest } from './describe-session.ts';

/** A session in one JSON file. */
class FileSession implements Session {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async getSessionId(): Promise<string> {
    return this.#path;
  }

  async getItems(limit = Infinity): Promise<AgentInputItem[]> {
    const text = await readFile(this.#path, 'utf8').catch(() => '[]');
    const items = JSON.parse(text) as AgentInputItem[];
    return items.slice(Math.max(0, items.length - limit));
  }

  async addItems(items: AgentInputItem[]): Promise<void> {
    await this.#write([...(await this.getItems()), ...items]);
  }

  async popItem(): Promise<AgentInputItem | undefined> {
    const items = await this.getItems();
    const last = items.pop();
    await this.#write(items);
    return last;
  }

  async clearSession(): Promise<void> {
    await this.#write([]);
  }

  async #write(items: readonly AgentInputItem[]): Promise<void> {
    await writeFile(this.#path, JSON.stringify(items));
  }
}

/** A session in a table of SQLite, one row for each item. */
class SqliteSession implements Session {
  readonly #database = new Database(':memory:');

  constructor() {
    this.#database.exec('CREATE TABLE items (id INTEGER PRIMARY KEY, item TEXT NOT NULL)');
  }

  async getSessionId(): Promise<string> {
    return 'sqlite-1';
  }

  async getItems(limit = -1): Promise<AgentInputItem[]> {
    const rows = this.#database.prepare('SELECT item FROM items ORDER BY id DESC LIMIT ?').all(limit);
    return rows.map(itemOf).toReversed();
  }

  async addItems(items: AgentInputItem[]): Promise<void> {
    const insert = this.#database.prepare('INSERT INTO items (item) VALUES (?)');
    for (const item of items) insert.run(JSON.stringify(item));
  }

  async popItem(): Promise<AgentInputItem | undefined> {
    const [last] = await this.getItems(1);
    this.#database.exec('DELETE FROM items WHERE id = (SELECT max(id) FROM items)');
    return last;
  }

  async clearSession(): Promise<void> {
    this.#database.exec('DELETE FROM items');
  }

  close(): void {
    this.#database.close();
  }
}

function itemOf(row: unknown): AgentInputItem {
  return JSON.parse((row as { item: string }).item) as AgentInputItem;
}

/** The kinds of sessions that ours must work around. */
export const storedSessions: readonly (readonly [string, () => Promise<SessionUnderTest>])[] = [
  ['a memory session', async () => ({ session: new MemorySession() })],
  [
    'a file session',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'clew-session-'));
      return {
        session: new FileSession(join(folder, 'session.json')),
        close: async () => rm(folder, { recursive: true }),
      };
    },
  ],
  [
    'a SQLite session',
    async () => {
      const session = new SqliteSession();
      return { session, close: async () => session.close() };
    },
  ],
];
