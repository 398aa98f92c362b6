import type {
  Model,
  ModelProvider,
  ModelRequest,
  ModelResponse,
  ModelRetryAdviceRequest,
  StreamEvent,
} from '@openai/agents';
import { type CountTokens, promptTokens } from './prompt.ts';

/** One request as it reached the model, after every compaction. */
export type MeteredCall = {
  readonly kind: 'turn' | 'summary';
  /** As the provider counted them; by our own count where it does not tell, as of a request that it refused. */
  readonly promptTokens: number;
};

export type Meter = {
  readonly countTokens: CountTokens;
  /** Told of each call when it is over, also of one that failed. */
  readonly onCall: (call: MeteredCall) => void;
};

/** Measures what reaches the models of another provider; changes nothing. */
export function meteredProvider(inner: ModelProvider, meter: Meter): ModelProvider {
  return { getModel: async (name) => new MeteredModel(await inner.getModel(name), meter) };
}

class MeteredModel implements Model {
  readonly #inner: Model;
  readonly #meter: Meter;

  constructor(inner: Model, meter: Meter) {
    this.#inner = inner;
    this.#meter = meter;
  }

  get supportsPromptModelSelection(): boolean {
    return this.#inner.supportsPromptModelSelection ?? false;
  }

  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    let reported: number | undefined;
    try {
      const response = await this.#inner.getResponse(request);
      reported = response.usage.inputTokens;
      return response;
    } finally {
      this.#tell(request, reported);
    }
  }

  async *getStreamedResponse(request: ModelRequest): AsyncIterable<StreamEvent> {
    let reported: number | undefined;
    try {
      for await (const event of this.#inner.getStreamedResponse(request)) {
        if (event.type === 'response_done') reported = event.response.usage.inputTokens;
        yield event;
      }
    } finally {
      this.#tell(request, reported);
    }
  }

  getRetryAdvice(request: ModelRetryAdviceRequest): ReturnType<NonNullable<Model['getRetryAdvice']>> {
    return this.#inner.getRetryAdvice?.(request);
  }

  #tell(request: ModelRequest, reported: number | undefined): void {
    const kind = request.tools.length === 0 && request.handoffs.length === 0 ? 'summary' : 'turn';
    this.#meter.onCall({ kind, promptTokens: reported || promptTokens(request, this.#meter.countTokens) });
  }
}
