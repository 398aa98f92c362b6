import { backoffMillis } from './backoff.ts';
import type { Entry } from './bounded-queue.ts';
import { Breaker } from './breaker.ts';
import type { Clock } from './clock.ts';
import type { DeliveryRun } from './delivery-loop.ts';
import type { EncodedSpan } from './encoded-span.ts';
import type { Answer, Poster } from './http-poster.ts';
import type { Verdict } from './judge-answer.ts';
import type { LearnedLimit } from './learned-limit.ts';
import type { OutageLog } from './outage-log.ts';
import type { Quarantine } from './quarantine.ts';

/** One protocol on the wire. */
export interface WireFormat {
  /** The body of one request. */
  body(spans: readonly EncodedSpan[]): Buffer | Promise<Buffer>;
  judge(answer: Answer, now: number): Verdict;
  /** The same span in fewer bytes; `undefined` where that cannot be. */
  shrink(span: EncodedSpan, maxBytes: number): EncodedSpan | undefined;
  /** The order in which a batch is sent. */
  order(batch: readonly Entry<EncodedSpan>[]): readonly Entry<EncodedSpan>[];
}

export type HttpDeliveryOptions = {
  readonly address: string;
  readonly format: WireFormat;
  readonly poster: Poster;
  /** Where the receiver says how it is, without being sent a batch. */
  readonly healthUrl: URL | undefined;
  readonly limit: LearnedLimit;
  readonly log: OutageLog;
  readonly quarantine: Quarantine;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
};

/** How often a piece is sent to a server that answers 500 to it before it is halved. */
const maxServerErrors = 3;
/** The longest pause between attempts while somebody waits for the loop to be done. */
const hurriedBackoffMillis = 250;

type Piece = readonly Entry<EncodedSpan>[];

/** Sends a batch until each of its spans has arrived, was refused, or the loop stops. */
export class HttpDelivery {
  readonly breaker = new Breaker();
  readonly #options: HttpDeliveryOptions;
  #wasAnswered = false;

  constructor(options: HttpDeliveryOptions) {
    this.#options = options;
  }

  async deliver(batch: Piece, run: DeliveryRun<EncodedSpan>): Promise<void> {
    let pieces: readonly Piece[] = [this.#options.format.order(batch)];
    while (!run.pacer.signal.aborted) {
      const [piece, ...rest] = pieces;
      if (piece === undefined) {
        return;
      }
      pieces = [...(await this.#send(piece, run)), ...rest];
    }
  }

  /** Settles a piece. Returns the smaller ones that it has to be sent in instead. */
  async #send(piece: Piece, run: DeliveryRun<EncodedSpan>): Promise<readonly Piece[]> {
    const { format, poster, log, limit, clock } = this.#options;
    const { signal } = run.pacer;
    const body = await format.body(piece.map(({ payload }) => payload));
    let serverErrors = 0;
    while (!signal.aborted && (await this.#untilWorthIt(run))) {
      const startedAt = clock.now();
      const answer = await poster.post(body, signal);
      if (signal.aborted) {
        break;
      }
      this.#wasAnswered ||= 'status' in answer;
      const verdict = format.judge(answer, clock.now());
      run.attempted(verdict.kind, clock.now() - startedAt);
      if (verdict.kind !== 'again') {
        this.breaker.succeeded();
      }
      switch (verdict.kind) {
        case 'delivered':
          if (verdict.rejected > 0) {
            log.dropped('rejected', verdict.why);
          }
          run.delivered(piece, verdict.rejected);
          limit.grow();
          log.recovered();
          return [];
        case 'too_large':
          return this.#shrink(piece, body.length, run);
        case 'rejected':
          return this.#halve(piece, 'rejected', verdict.why, run);
        case 'again':
          this.breaker.failed(verdict.isRefusal);
          log.failed(`${this.#options.address} does not take spans: ${verdict.why}`);
          serverErrors += verdict.isDoubtful ? 1 : 0;
          if (serverErrors === maxServerErrors) {
            return this.#halve(piece, 'server_error', verdict.why, run);
          }
          if (run.pacer.isClosing && !this.#wasAnswered) {
            // Nobody was ever there; a shutdown need not wait for them.
            run.pacer.stop();
            break;
          }
          await this.#pause(verdict.floorMillis, run);
      }
    }
    return [];
  }

  /** While the breaker is open, asks for the receiver's health instead of sending a whole batch to the dead. */
  async #untilWorthIt({ pacer }: DeliveryRun<EncodedSpan>): Promise<boolean> {
    const { healthUrl, poster } = this.#options;
    while (this.breaker.state === 'open') {
      const health = healthUrl === undefined ? undefined : await poster.get(healthUrl, pacer.signal);
      if (pacer.signal.aborted) {
        return false;
      }
      // A server that answers anything else than a failure is there, whether it knows this path or not.
      if (health === undefined || ('status' in health && health.status < 500)) {
        this.breaker.halfOpen();
        return true;
      }
      this.breaker.failed();
      await pacer.backOff(this.#backoffMillis(pacer.isHurried));
    }
    return true;
  }

  #shrink(piece: Piece, refusedBytes: number, run: DeliveryRun<EncodedSpan>): readonly Piece[] {
    const { limit, format } = this.#options;
    const isSmallerPossible = limit.shrink(refusedBytes);
    const [first] = piece;
    if (piece.length > 1 || first === undefined) {
      return halves(piece);
    }
    const payload = isSmallerPossible ? format.shrink(first.payload, limit.bytes) : undefined;
    return payload === undefined
      ? this.#drop(first, 'oversize', `${refusedBytes} bytes in one span`, run)
      : [[{ ...first, payload }]];
  }

  #halve(
    piece: Piece,
    reason: 'rejected' | 'server_error',
    why: string,
    run: DeliveryRun<EncodedSpan>,
  ): readonly Piece[] {
    const [first] = piece;
    return piece.length > 1 || first === undefined ? halves(piece) : this.#drop(first, reason, why, run);
  }

  #drop(
    entry: Entry<EncodedSpan>,
    reason: 'rejected' | 'oversize' | 'server_error',
    why: string,
    run: DeliveryRun<EncodedSpan>,
  ): readonly Piece[] {
    this.#options.log.dropped(reason, why);
    this.#options.quarantine.keep(entry.payload, reason, why);
    run.dropped([entry], reason);
    return [];
  }

  async #pause(floorMillis: number, { pacer }: DeliveryRun<EncodedSpan>): Promise<void> {
    await pacer.wait(floorMillis);
    await pacer.backOff(this.#backoffMillis(pacer.isHurried) - (pacer.isHurried ? 0 : floorMillis));
  }

  #backoffMillis(isHurried: boolean): number {
    const millis = backoffMillis(this.breaker.failures, this.#options.random);
    return isHurried ? Math.min(millis, hurriedBackoffMillis) : millis;
  }
}

function halves(piece: Piece): readonly Piece[] {
  const middle = Math.ceil(piece.length / 2);
  return [piece.slice(0, middle), piece.slice(middle)];
}
