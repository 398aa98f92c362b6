import { GenAi } from '@clew/semconv';
import { compactedLink, compactedRunOf, contentGate, withCompactedRun } from '@clew/tracing';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Context, Span, SpanContext } from '@opentelemetry/api';
import type { SpanError } from '@openai/agents-core';
import type { AgentsTracingBridgeOptions } from './bridge-options.ts';
import { usageAttributes } from './describe-inference.ts';
import { describeSpan } from './describe-span.ts';
import type { SpanDescription } from './span-description.ts';
import { modelCallOf } from './model-call.ts';
import type { ModelCall, ModelCallResult } from './model-call.ts';
import { refusalOf } from './refusal-in.ts';
import type { SdkSpan } from '../sdk-span.ts';
import { contentOf } from './span-content.ts';
import { errorMessageOf, errorTypeOf } from './span-error.ts';
import { identityOf, startRoot } from './start-root.ts';
import type { TraceFacts } from './start-root.ts';

type LiveSpan = { readonly sdk: SdkSpan; readonly span: Span; readonly call: ModelCall | undefined };

/** One SDK trace as OTel spans. Every method may be called twice, late, or out of order. */
export class OpenTrace {
  readonly #options: AgentsTracingBridgeOptions;
  #identity: Attributes;
  readonly #keep: (text: string) => string | undefined;
  readonly #root: Span;
  readonly #live = new Map<string, LiveSpan>();
  /** Of every span of the trace, ended ones too: a child may start after its parent has ended. */
  readonly #contexts = new Map<string, SpanContext>();
  /** Of spans that are open, by their id: what model calls below them link to. */
  readonly #compactions = new Map<string, SpanContext>();
  #closed = false;
  /** Whether the SDK has said that the trace began, and so may say that it is over. */
  #isAnnounced = false;
  /** The latest of the outermost spans, where it failed. */
  #failure: SdkSpan | undefined;
  #outermostCount = 0;
  #lastEndedAt: number;

  constructor(facts: TraceFacts, options: AgentsTracingBridgeOptions, startedAt: number) {
    this.#options = options;
    this.#identity = identityOf(facts.traceId, facts.groupId);
    const gate = contentGate(options);
    this.#keep = (text) => cut(gate(text)?.text);
    this.#root = startRoot(facts, options, startedAt);
    this.#lastEndedAt = startedAt;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Nothing of it is under way, and the SDK may never say that it is over: its run threw, or is one that was resumed. */
  get abandoned(): boolean {
    return (this.#failure !== undefined || !this.#isAnnounced) && this.#live.size === 0 && !this.#closed;
  }

  /** The group that the SDK knows, else what was noted. */
  get conversation(): string | undefined {
    const id = this.#identity[GenAi.conversationId];
    return typeof id === 'string' ? id : undefined;
  }

  /** Tells the conversation of a trace that has no group: on its root, on what is open, and on what is to come. */
  noteConversation(id: string): void {
    if (this.conversation !== undefined) return;
    const attributes = { [GenAi.conversationId]: id };
    this.#identity = { ...this.#identity, ...attributes };
    this.#root.setAttributes(attributes);
    for (const { span } of this.#live.values()) span.setAttributes(attributes);
  }

  announce(): void {
    this.#isAnnounced = true;
  }

  /** `base` with the span of the SDK's `span`, or of the trace itself, as the active one. */
  contextOf(span: SdkSpan | undefined, base: Context): Context {
    if (span === undefined) return trace.setSpan(base, this.#root);
    const spanContext = this.start(span);
    const live = this.#live.get(span.spanId);
    return live === undefined ? trace.setSpanContext(base, spanContext) : trace.setSpan(base, live.span);
  }

  noteCompaction(spanId: string, run: SpanContext): void {
    if (this.#live.has(spanId)) this.#compactions.set(spanId, run);
  }

  start(sdk: SdkSpan): SpanContext {
    const known = this.#contexts.get(sdk.spanId);
    if (known !== undefined) return known;
    this.#endWhatIsOver();
    const active = context.active();
    const inference = isInference(sdk);
    const call = inference ? modelCallOf(active) : undefined;
    const compaction = inference ? this.#compactionOf(sdk, active) : { attributes: {}, links: [] };
    const { name, kind, attributes } = this.#describe(sdk, call);
    const span = this.#options.tracer.startSpan(
      name,
      {
        kind,
        startTime: millisOf(sdk.startedAt) ?? this.#now(),
        attributes: {
          ...this.#identity,
          'openai.agents.span_id': sdk.spanId,
          ...attributes,
          ...compaction.attributes,
        },
        links: compaction.links,
      },
      trace.setSpanContext(active, this.#parentOf(sdk)),
    );
    this.#live.set(sdk.spanId, { sdk, span, call });
    this.#contexts.set(sdk.spanId, span.spanContext());
    // A failed run may be tried again within its trace.
    if (sdk.parentId === null) {
      this.#failure = undefined;
      this.#outermostCount += 1;
    }
    return span.spanContext();
  }

  end(sdk: SdkSpan): void {
    this.start(sdk);
    const live = this.#live.get(sdk.spanId);
    if (live === undefined) return;
    const endedAt = millisOf(sdk.endedAt) ?? this.#now();
    if (sdk.parentId === null && sdk.error !== null) this.#failure = sdk;
    if (live.call === undefined) this.#finish({ ...live, sdk }, endedAt);
    else live.call.whenSettled((result) => this.#finish({ ...live, sdk }, endedAt, result));
  }

  /** A processor before us may have kept the end of a span from us. */
  #endWhatIsOver(): void {
    for (const { sdk } of this.#live.values()) if (sdk.endedAt !== null) this.end(sdk);
  }

  /** Ends the root, and first whatever is still open. `endedAt`: the end of its last span where nobody knows. */
  close(endedAt?: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#endWhatIsOver();
    const at = endedAt ?? this.#lastEndedAt;
    for (const live of this.#live.values()) this.#finish(live, at);
    // A trace that was ended may have dealt with the failure of one run among others.
    if (this.#failure?.error && (endedAt === undefined || this.#outermostCount === 1))
      this.#fail(this.#root, this.#failure.error);
    this.#root.end(at);
  }

  #finish({ sdk, span, call }: LiveSpan, endedAt: number, { usage, isRefused }: ModelCallResult = {}): void {
    if (!this.#live.delete(sdk.spanId)) return;
    this.#compactions.delete(sdk.spanId);
    const { name, attributes } = this.#describe(sdk, call);
    span.updateName(name);
    span.setAttributes({
      ...attributes,
      ...(usage && usageAttributes(usage)),
      ...contentOf(sdk.spanData, this.#keep),
    });
    const refusal = refusalOf(sdk.spanData);
    if (sdk.error !== null) this.#fail(span, sdk.error);
    else if (isRefused === true || refusal !== undefined) this.#setFailed(span, 'refusal', refusal);
    span.end(endedAt);
    this.#lastEndedAt = Math.max(this.#lastEndedAt, endedAt);
  }

  #fail(span: Span, error: SpanError): void {
    this.#setFailed(span, errorTypeOf(error), errorMessageOf(error));
  }

  #setFailed(span: Span, type: string, text: string | undefined): void {
    const message = text === undefined ? undefined : this.#keep(text);
    span.setAttribute('error.type', type);
    span.setStatus({ code: SpanStatusCode.ERROR, ...(message !== undefined && { message }) });
  }

  #describe(sdk: SdkSpan, call: ModelCall | undefined): SpanDescription {
    return describeSpan(sdk.spanData, { provider: this.#options.provider ?? 'openai', model: call?.model });
  }

  #compactionOf({ parentId }: SdkSpan, active: Context): ReturnType<typeof compactedLink> {
    const noted = parentId === null ? undefined : this.#compactions.get(parentId);
    return compactedLink(
      noted === undefined || compactedRunOf(active) !== undefined ? active : withCompactedRun(active, noted),
    );
  }

  #parentOf(sdk: SdkSpan): SpanContext {
    const known = sdk.parentId === null ? undefined : this.#contexts.get(sdk.parentId);
    if (known !== undefined) return known;
    // A processor before us may have kept the parent's start from us; the SDK still remembers the parent.
    const previous = sdk.previousSpan;
    if (previous !== undefined && previous.spanId === sdk.parentId) return this.start(previous);
    return this.#root.spanContext();
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

function isInference({ spanData }: SdkSpan): boolean {
  return spanData.type === 'generation' || spanData.type === 'response';
}

function millisOf(iso: string | null): number | undefined {
  const millis = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(millis) ? undefined : millis;
}

const contentLimit = 16_384;

/** A tool's output may be megabytes; a span is no place for that. */
function cut(text: string | undefined): string | undefined {
  return text === undefined || text.length <= contentLimit ? text : `${text.slice(0, contentLimit)}…`;
}
