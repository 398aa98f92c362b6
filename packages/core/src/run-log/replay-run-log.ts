import type { ContextLine, ContextPart, ItemLine, RunLogLine } from './run-log-line.ts';

/** An item as a log tells of it. `item` is absent where content was not kept. */
export type LoggedItem = Pick<ItemLine, 'id' | 'role' | 'kind' | 'tool' | 'pair' | 'tokens' | 'item'> & {
  /** Where it stands in the conversation; absent for a summary. */
  readonly position?: number;
};

/** A log as far as it was read. */
export class RunLogReplay {
  readonly #conversation: LoggedItem[] = [];
  #context: Pick<ContextLine, 'length' | 'parts' | 'splice'> = { length: 0, parts: [], splice: '' };

  push(line: RunLogLine): void {
    switch (line.type) {
      case 'item': {
        const { schema_version: _v, at: _at, session_id: _s, type: _t, ...item } = line;
        if (this.#conversation[item.position]?.id === item.id) return;
        this.#cut(item.position);
        // Of lines that were lost nothing is known but that there were some.
        while (this.#conversation.length < item.position)
          this.#conversation.push(lost(this.#conversation.length));
        this.#conversation.push(item);
        return;
      }
      case 'cut':
        return this.#cut(line.length);
      case 'context':
        this.#context = line;
        return;
      default:
        // What happened, and not what there is.
        return;
    }
  }

  /** Every item of the conversation, in order, whatever the model sees of it. */
  get conversation(): readonly LoggedItem[] {
    return [...this.#conversation];
  }

  /** What the model is sent. */
  get context(): readonly LoggedItem[] {
    const { length, parts } = this.#context;
    return [...parts.flatMap((part) => this.#itemsOf(part)), ...this.#conversation.slice(length)];
  }

  /** Names the splice that is in force. Empty: none is. */
  get splice(): string {
    return this.#context.splice;
  }

  #cut(length: number): void {
    if (length >= this.#conversation.length) return;
    this.#conversation.length = length;
    // What the model is sent of an edited history is told behind it.
    if (length < this.#context.length) this.#context = { length: 0, parts: [], splice: '' };
  }

  #itemsOf(part: ContextPart): readonly LoggedItem[] {
    return 'from' in part ? this.#conversation.slice(part.from, part.to) : [part];
  }
}

function lost(position: number): LoggedItem {
  return { id: '', role: 'unknown', kind: 'other', tokens: 0, position };
}

/** A log after one of its lines. To be read before the next. */
export type ReplayedLog = {
  /** Of the line, from 1. */
  readonly number: number;
  readonly line: RunLogLine;
  readonly log: Pick<RunLogReplay, 'conversation' | 'context'>;
};

/** Goes through a log line by line: what the model was sent at any point is the `context` there. */
export async function* replayRunLog(
  lines: AsyncIterable<RunLogLine> | Iterable<RunLogLine>,
): AsyncGenerator<ReplayedLog, void, undefined> {
  const log = new RunLogReplay();
  let number = 0;
  for await (const line of lines) {
    number += 1;
    log.push(line);
    yield { number, line, log };
  }
}
