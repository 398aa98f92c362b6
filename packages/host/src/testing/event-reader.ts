import { get, type IncomingMessage } from 'node:http';

export type ServerSentEvent = { readonly id: string | undefined; readonly data: unknown };

/** Reads a stream of server-sent events, as a browser would; comments are kept apart. */
export class EventReader implements AsyncDisposable {
  readonly comments: string[] = [];
  readonly #response: IncomingMessage;
  readonly #events: AsyncIterator<ServerSentEvent>;

  constructor(response: IncomingMessage) {
    this.#response = response;
    this.#events = this.#read();
  }

  static open(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
    return new Promise((resolve, reject) => {
      get(url, { headers, agent: false }, (response) => resolve(new EventReader(response))).on(
        'error',
        reject,
      );
    });
  }

  get status(): number | undefined {
    return this.#response.statusCode;
  }

  /** The next event; nothing when the stream has ended. */
  async next(): Promise<ServerSentEvent | undefined> {
    const { done, value } = await this.#events.next();
    return done === true ? undefined : value;
  }

  async take(count: number): Promise<readonly ServerSentEvent[]> {
    const taken: ServerSentEvent[] = [];
    while (taken.length < count) {
      const event = await this.next();
      if (event === undefined) throw new Error(`the stream ended after ${taken.length} of ${count} events`);
      taken.push(event);
    }
    return taken;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#response.destroy();
    return Promise.resolve();
  }

  async *#read(): AsyncGenerator<ServerSentEvent> {
    let rest = '';
    for await (const chunk of this.#response.setEncoding('utf8')) {
      const blocks = (rest + String(chunk)).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const lines = block.split('\n');
        this.comments.push(...lines.filter((line) => line.startsWith(':')));
        const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
        const id = lines.find((line) => line.startsWith('id: '))?.slice(4);
        if (data !== undefined) yield { id, data: JSON.parse(data) };
      }
    }
  }
}
