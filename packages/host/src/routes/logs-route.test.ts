import { gzipSync } from 'node:zlib';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { post, withHost } from '../testing/with-host.ts';

const text = (key: string, stringValue: string): unknown => ({ key, value: { stringValue } });
const at = '1767323045000000000';

/** As Claude Code sends it: the name in the body, and short in an attribute. */
const claude = {
  timeUnixNano: at,
  body: { stringValue: 'claude_code.compaction' },
  attributes: [
    text('event.name', 'compaction'),
    text('session.id', 'c-1'),
    text('trigger', 'auto'),
    text('success', 'true'),
    { key: 'pre_tokens', value: { intValue: '167000' } },
    { key: 'post_tokens', value: { intValue: '14000' } },
  ],
};
/** As Gemini CLI sends it: the name in an attribute. */
const gemini = {
  timeUnixNano: at,
  body: { stringValue: 'Chat compression (Saved 380 tokens)' },
  attributes: [
    text('event.name', 'gemini_cli.chat_compression'),
    text('session.id', 'g-1'),
    { key: 'tokens_before', value: { intValue: 500 } },
    { key: 'tokens_after', value: { intValue: 120 } },
  ],
};
const prompt = {
  timeUnixNano: at,
  body: { stringValue: 'claude_code.user_prompt' },
  attributes: [text('prompt', 'secret')],
};

const request = (...logRecords: readonly unknown[]): unknown => ({
  resourceLogs: [
    {
      resource: { attributes: [text('service.name', 'cli')] },
      scopeLogs: [{ scope: { name: 's' }, logRecords }],
    },
  ],
});

describe('POST /v1/logs', () => {
  it('keeps the events that tell of a compaction, and nothing else of what it takes', async () => {
    await withHost({}, async (host) => {
      const response = await post(host, '/v1/logs', request(claude, prompt, gemini, { attributes: 'none' }));
      expect({ status: response.status, body: await response.text() }).toEqual({ status: 200, body: '{}' });
      expect(host.stats().spans).toBe(2);
      const page: unknown = await (await fetch(`${host.url}/api/spans?cursor=0`)).json();
      expect(page).toMatchObject({
        spans: [
          {
            name: 'claude_code.compaction',
            service: 'cli',
            start: 1_767_323_045_000,
            attrs: { pre_tokens: 167_000 },
          },
          { name: 'gemini_cli.chat_compression', attrs: { tokens_after: 120 } },
        ],
      });
    });
  });

  it('knows an event that comes again', async () => {
    await withHost({}, async (host) => {
      await post(host, '/v1/logs', request(claude));
      await post(host, '/v1/logs', request(claude, { ...claude, timeUnixNano: '1767323045000000001' }));
      expect(host.stats().spans).toBe(2);
    });
  });

  it('reads protobuf, compressed too, and refuses what is not OTLP', async () => {
    const { root } = protobuf.parse(`syntax = "proto3";
      message Request { repeated ResourceLogs resource_logs = 1; }
      message ResourceLogs { repeated ScopeLogs scope_logs = 2; }
      message ScopeLogs { repeated Record log_records = 2; }
      message Record { fixed64 time_unix_nano = 1; int32 severity_number = 2; string event_name = 12; repeated KeyValue attributes = 6; }
      message KeyValue { string key = 1; Value value = 2; }
      message Value { string string_value = 1; }`);
    const type = root.lookupType('Request');
    const record = {
      timeUnixNano: 5_000_000,
      severityNumber: 9,
      eventName: 'gemini_cli.chat_compression',
      attributes: [text('session.id', 'p-1')],
    };
    const bytes = type
      .encode(type.fromObject({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }))
      .finish();
    const headers = { 'content-type': 'application/x-protobuf' };
    await withHost({}, async (host) => {
      expect((await post(host, '/v1/logs', bytes, headers)).status).toBe(200);
      expect(
        (await post(host, '/v1/logs', gzipSync(bytes), { ...headers, 'content-encoding': 'gzip' })).status,
      ).toBe(200);
      expect(host.stats().spans).toBe(1);
      expect((await post(host, '/v1/logs', '[]')).status).toBe(400);
      expect((await post(host, '/v1/logs', new Uint8Array([255, 255]), headers)).status).toBe(400);
      expect((await post(host, '/v1/logs', 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    });
  });
});
