import type { Span } from '@clew/trace-model';
import type { ComponentType } from 'react';
import type { SpanRef, TraceFacts, TraceHost } from './trace-host.ts';

/**
 * Where a plugin may show something: in a span's `row`, in a `strip` of one line above the spans, in the `inspector`
 * of the chosen span, and on a `page` of its own.
 */
export type Slot = 'row' | 'strip' | 'inspector' | 'page';

/** What a plugin makes of a trace, without a view. */
export interface TracePlugin<TModel> {
  readonly api: 1;
  /** The name of its package, or another name that nobody else takes. */
  readonly id: string;
  readonly title: string;
  /** Whether the plugin has something to show once this span is there. Cheap and pure; asked once a span. */
  match(span: Span): boolean;
  /** Adds facts to the model. Pure; its result may not depend on the order of facts, nor on how often they came. */
  model(facts: TraceFacts, previous?: TModel): TModel;
}

export type ViewProps<TModel> = {
  readonly model: TModel;
  readonly host: TraceHost;
  /** The span that the slot is about; where there is none, the host's selection may say. */
  readonly span?: SpanRef | undefined;
};

export interface ViewPlugin<TModel> extends TracePlugin<TModel> {
  /** A view may be lazy, and may render nothing. */
  readonly views: { readonly [TSlot in Slot]?: ComponentType<ViewProps<TModel>> };
}

/** A plugin whose model is its own business. */
export type AnyViewPlugin = ViewPlugin<unknown>;

/** Checks a plugin's types, and makes it one of many: a slot hands each its own model and no other. */
export function definePlugin<TModel>(plugin: ViewPlugin<TModel>): AnyViewPlugin {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the model a view gets is what `model` returned
  return plugin as unknown as AnyViewPlugin;
}
