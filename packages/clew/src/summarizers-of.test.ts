import type { AgentItem } from '@clew/core';
import { writtenSummary } from '@clew/core/testing';
import { ScriptedModel, assistantMessage, modelError } from '@openai/agents-core/testing';
import { expect, it } from 'vitest';
import { clew } from './clew.ts';
import type { ClewOptions } from './clew-options.ts';

const items = Array.from({ length: 40 }, (_, index): AgentItem => ({
  type: 'message',
  role: 'user',
  content: `Question ${index}: ${'why so '.repeat(40)}`,
}));

/** An app whose models answer, or fail, by their names; and the names that were asked for. */
async function appWith(models: Readonly<Record<string, ScriptedModel>>, options: ClewOptions) {
  const asked: string[] = [];
  const app = await clew({
    directory: '/nowhere',
    model: 'gpt-5',
    telemetry: { exporter: 'none' },
    storage: { adapter: 'none' },
    sdkTracing: 'only',
    modelProvider: {
      getModel: (name = '') => {
        asked.push(name);
        const model = models[name];
        if (model === undefined) throw new Error(`Nobody planned the model ${name}.`);
        return model;
      },
    },
    ...options,
  });
  return { app, asked };
}

it('summaries are written by the models that the configuration names, in its order', async () => {
  const noKey = Object.assign(new Error('Incorrect API key'), { status: 401 });
  const { app, asked } = await appWith(
    {
      small: new ScriptedModel([modelError(noKey)]),
      other: new ScriptedModel([[assistantMessage(writtenSummary('- the questions'))]]),
    },
    { environment: { COMPACT_SUMMARY_MODEL: 'small', COMPACT_SUMMARY_FALLBACK_MODELS: 'other' } },
  );

  const result = await app.manager.compact({ sessionId: 's', items });

  expect(asked).toEqual(['small', 'other']);
  expect(result).toMatchObject({ outcome: 'compacted', attempts: 2 });
  await app.shutdown();
});

it('a history that is longer than the window of its summariser is written in stages', async () => {
  const model = new ScriptedModel(
    Array.from({ length: 4 }, () => [assistantMessage(writtenSummary('- the questions'))]),
  );
  const { app } = await appWith(
    { small: model },
    { summary: { model: 'small', maxInputTokens: 2500 }, environment: {} },
  );

  const result = await app.manager.compact({ sessionId: 's', items });

  expect(result.outcome).toBe('compacted');
  expect(result.steps).toContain('stages');
  expect(model.calls.length).toBeGreaterThan(1);
  await app.shutdown();
});
