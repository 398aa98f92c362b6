import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outcome, Trigger } from '@clew/semconv';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { clew } from 'clew';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../workspace.ts';
import { prometheusNames } from './prometheus-names.ts';
import type { Instrument } from './prometheus-names.ts';

// The dashboard and the alert rules ask for what is really measured, by the names that Prometheus gives it.

const Dashboard = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) }),
  ),
  templating: z.object({ list: z.array(z.object({ query: z.unknown() })) }),
});
const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ summary: z.string() }) }),
      ),
    }),
  ),
});
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const dashboard = Dashboard.parse(JSON.parse(read('docs/operate/grafana/clew.json')));
const rules = Rules.parse(parse(read('docs/operate/alerts.yaml'))).groups.flatMap((group) => group.rules);
const panelExpressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const expressions = [...panelExpressions, ...rules.map(({ expr }) => expr)];

/** What `clew()` creates on a meter. */
async function instruments(): Promise<readonly Instrument[]> {
  const created: Instrument[] = [];
  const meter = new MeterProvider().getMeter('test');
  const watching = new Proxy(meter, {
    get: (target, property) => {
      const method: unknown = Reflect.get(target, property);
      if (typeof method !== 'function') return method;
      return (...given: readonly unknown[]) => {
        const [name, options] = given;
        if (typeof name === 'string' && String(property).startsWith('create')) {
          const { unit = '' } = z.object({ unit: z.string().optional() }).parse(options);
          created.push({ name, unit, kind: String(property) });
        }
        return Reflect.apply(method, target, given) as unknown;
      };
    },
  });
  const directory = await mkdtemp(join(tmpdir(), 'clew-monitoring-'));
  const { shutdown } = await clew({
    model: 'gpt-5',
    maxContextTokens: 100_000,
    directory,
    environment: {},
    meter: watching,
    telemetry: {
      exporter: ['ariadne', 'otlp'],
      ariadneUrl: 'http://127.0.0.1:1/ingest',
      otlpUrl: 'http://127.0.0.1:1',
    },
  });
  await shutdown();
  await rm(directory, { recursive: true, force: true });
  return created;
}

/** The metrics that an expression selects: what stands before a `{` or a `)`, and is no function or label. */
function metricsIn(expression: string): readonly string[] {
  const bare = expression
    .replaceAll(/\b(?:by|on|without)\s*\([^)]*\)/gu, ' ')
    .replaceAll(/\{[^}]*\}/gu, '{}');
  return [...bare.matchAll(/[a-z_]+[a-z_0-9]*(?=\{\}|\s*(?:\)|\[|[<>=]))/gu)].map(([name]) => name);
}

it('asks for metrics that clew() records, and for all of them', async () => {
  const names = (await instruments()).flatMap(prometheusNames);
  const asked = new Set(expressions.flatMap(metricsIn));
  expect([...asked].filter((name) => !names.includes(name))).toEqual([]);
  const measured = new Set(names.map((name) => name.replace(/_(?:bucket|sum|count)$/u, '')));
  const shown = new Set([...asked].map((name) => name.replace(/_(?:bucket|sum|count)$/u, '')));
  expect([...measured].toSorted()).toEqual([...shown].toSorted());
});

it('names outcomes and triggers that there are', () => {
  const values = (label: string) =>
    expressions.flatMap((expression) =>
      [...expression.matchAll(new RegExp(`${label}(?:=|!=|=~|!~)"([^"]+)"`, 'gu'))].flatMap(
        ([, value = '']) => value.split('|'),
      ),
    );
  const outcomes = values('compact_outcome');
  expect(outcomes.length).toBeGreaterThan(10);
  const known = (value: string) =>
    Outcome.options.some((outcome) => new RegExp(`^(?:${value})$`, 'u').test(outcome));
  expect(outcomes.filter((value) => !known(value))).toEqual([]);
  expect(values('compact_trigger').filter((value) => !Trigger.safeParse(value).success)).toEqual([]);
});

it('explains every alert, and has no two panels of one name', () => {
  const guide = read('docs/operate/monitoring.md');
  expect(rules.filter(({ alert }) => !guide.includes(`\`${alert}\``))).toEqual([]);
  const titles = dashboard.panels.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});
