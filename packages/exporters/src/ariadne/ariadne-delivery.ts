import type { HrTime } from '@opentelemetry/api';
import { backoffMillis } from '../delivery/backoff.ts';
import type { Entry } from '../delivery/bounded-queue.ts';
import type { Clock } from '../delivery/clock.ts';
import type { DeliveryRun } from '../delivery/delivery-loop.ts';
import type { OutageLog } from '../delivery/outage-log.ts';
import { SpanEvent } from './ariadne-event.ts';
import { batchBody, frameBytes } from './batch-body.ts';
import { byArrivalOfTies } from './batch-order.ts';
import { encodeEvent } from './encode-event.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { LearnedLimit } from './learned-limit.ts';
import type { Poster } from './post-json.ts';

/** An event as bytes, and what its place in a batch depends on. */
export type EncodedEvent = { readonly json: Buffer; readonly startTime: HrTime };

export type AriadneDeliveryOptions = {
  readonly address: string;
  readonly poster: Poster;
  readonly limit: LearnedLimit;
  readonly log: OutageLog;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
};

/** How often a batch is sent to a server that answers 500 to it. */
const maxServerErrors = 3;
/** The longest pause between attempts while somebody waits for the loop to be done. */
const hurriedBackoffMillis = 250;

type Piece = readonly EncodedEvent[];

/** Sends a batch until each of its events has arrived, was refused, or the loop stops. */
export class AriadneDelivery {
  readonly #options: AriadneDeliveryOptions;

  constructor(options: AriadneDeliveryOptions) {
    this.#options = options;
  }

  async deliver(batch: readonly Entry<EncodedEvent>[], run: DeliveryRun): Promise<void> {
    const ordered = batch
      .map(({ payload, sequence }) => ({ ...payload, sequence }))
      .toSorted(byArrivalOfTies);
    let pieces: readonly Piece[] = [ordered];
    while (!run.pacer.signal.aborted) {
      const [piece, ...rest] = pieces;
      if (piece === undefined) {
        return;
      }
      pieces = [...(await this.#send(piece, run)), ...rest];
    }
  }

  /** Settles a piece. Returns the smaller ones that it has to be sent in instead. */
  async #send(piece: Piece, run: DeliveryRun): Promise<readonly Piece[]> {
    const { poster, log, limit, clock } = this.#options;
    const body = batchBody(piece.map(({ json }) => json));
    let serverErrors = 0;
    for (let attempt = 1; !run.pacer.signal.aborted; attempt += 1) {
      const answer = await poster.post(body, run.pacer.signal);
      if (run.pacer.signal.aborted) {
        break;
      }
      const verdict = judgeAnswer(answer, clock.now());
      switch (verdict.kind) {
        case 'delivered':
          run.delivered(piece.length);
          limit.grow();
          log.recovered();
          return [];
        case 'too_large':
          return this.#shrink(piece, body.length, run);
        case 'rejected':
          return piece.length > 1 ? halves(piece) : this.#drop(piece, 'rejected', verdict.why, run);
        case 'again':
          serverErrors += verdict.isLimited ? 1 : 0;
          log.failed(`${this.#options.address} does not take spans: ${verdict.why}`);
          if (serverErrors === maxServerErrors) {
            return this.#drop(piece, 'server_error', verdict.why, run);
          }
          await this.#pause(attempt, verdict.floorMillis, run);
      }
    }
    return [];
  }

  #shrink(piece: Piece, refusedBytes: number, run: DeliveryRun): readonly Piece[] {
    const { limit } = this.#options;
    const isSmallerPossible = limit.shrink(refusedBytes);
    const [first] = piece;
    if (piece.length > 1 || first === undefined) {
      return halves(piece);
    }
    const event = isSmallerPossible
      ? SpanEvent.safeParse(JSON.parse(first.json.toString('utf8')))
      : undefined;
    const json = event?.success === true ? encodeEvent(event.data, limit.bytes - frameBytes) : undefined;
    return json === undefined
      ? this.#drop(piece, 'oversize', `an event of ${refusedBytes} bytes`, run)
      : [[{ ...first, json }]];
  }

  #drop(
    piece: Piece,
    reason: 'rejected' | 'oversize' | 'server_error',
    why: string,
    run: DeliveryRun,
  ): readonly Piece[] {
    this.#options.log.dropped(reason, why);
    run.dropped(piece.length, reason);
    return [];
  }

  async #pause(attempt: number, floorMillis: number, { pacer }: DeliveryRun): Promise<void> {
    await pacer.wait(floorMillis);
    const millis = backoffMillis(attempt, this.#options.random);
    await pacer.backOff(pacer.isHurried ? Math.min(millis, hurriedBackoffMillis) : millis - floorMillis);
  }
}

function halves(piece: Piece): readonly Piece[] {
  const middle = Math.ceil(piece.length / 2);
  return [piece.slice(0, middle), piece.slice(middle)];
}
