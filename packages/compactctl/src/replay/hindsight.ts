import { filesInSheet } from '@clew/core';
import type { CompactResult, ItemView } from '@clew/core';
import type { SessionContent } from '../sessions/session-format.ts';
import { namesIn } from './names-in.ts';

/** What was named so lately is in front of the agent, with any policy. */
const recentItems = 4;

/** Follows a recording, and notes what the agent named again that it could not have read any more. */
export class Hindsight {
  readonly #session: SessionContent;
  readonly #views: readonly ItemView[];
  readonly #known = new Set<string>();
  readonly #needed = new Set<string>();
  readonly #lost = new Set<string>();
  #read = 0;

  constructor(session: SessionContent, views: readonly ItemView[]) {
    this.#session = session;
    this.#views = views;
  }

  /** The agent answers at `index`, having been sent `result`. */
  answer(index: number, result: CompactResult<object>): void {
    for (; this.#read < index; this.#read += 1) {
      for (const name of namesIn(this.#views[this.#read]?.text ?? '')) this.#known.add(name);
    }
    if (result.sequence === 0) return;
    const end = this.#views.findIndex(({ role }, other) => other > index && role !== 'assistant');
    const answer = this.#views.slice(index, end === -1 ? undefined : end).map(({ text }) => text);
    const asked = [...namesIn(answer.join('\n'))].filter(
      (name) => this.#known.has(name) && !this.#needed.has(name),
    );
    if (asked.length === 0) return;
    const readable = readableIn(result, this.#session);
    const recent = this.#views.slice(Math.max(0, index - recentItems), index);
    for (const name of asked) {
      if (recent.some(({ text }) => text.includes(name))) continue;
      this.#needed.add(name);
      if (!readable.includes(name)) this.#lost.add(name);
    }
  }

  get needed(): number {
    return this.#needed.size;
  }

  get lost(): readonly string[] {
    return [...this.#lost];
  }
}

/** All that the model reads, with each file of the fact sheet in full. */
function readableIn({ items, summary }: CompactResult<object>, { dialect }: SessionContent): string {
  const files = summary === undefined ? [] : filesInSheet(summary.text).map(({ text }) => text);
  return [...items.map((item) => dialect.inspect(item).text), ...files].join('\n');
}
