import { get } from 'node:http';

/** What an Ariadne says on `GET /events` while it is open. */
export interface EventStream {
  /** Every event so far, in order of arrival. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  close(): void;
}

/** Connects, and resolves when the server has said that it is. `url` is that of `/ingest` beside it. */
export function openEventStream(url: string, query = ''): Promise<EventStream> {
  const events: Record<string, unknown>[] = [];
  return new Promise((resolve, reject) => {
    const request = get(new URL(`/events${query}`, url), (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const messages = (text + chunk).split('\n\n');
        text = messages.pop() ?? '';
        const lines = messages.flatMap((message) => message.split('\n'));
        for (const line of lines.filter((candidate) => candidate.startsWith('data: '))) {
          const event: Record<string, unknown> = JSON.parse(line.slice('data: '.length));
          if (event['type'] === 'connected') {
            resolve({ events, close: () => request.destroy() });
          } else {
            events.push(event);
          }
        }
      });
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}
