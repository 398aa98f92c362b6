import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

/** A real HTTP server on 127.0.0.1. */
export class LoopbackServer {
  readonly #server: Server;
  #port = 0;

  constructor(handle: RequestListener) {
    this.#server = createServer(handle);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Port 0 takes any that is free. */
  async start(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Cuts what is under way. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeAllConnections();
    await closed;
  }
}
