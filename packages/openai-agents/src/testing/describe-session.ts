import { Agent, Runner, isSessionHistoryTransactionAwareSession, tool } from '@openai/agents-core';
import type { AgentInputItem, Session } from '@openai/agents-core';
import { ScriptedModel, assistantMessage, functionCall } from '@openai/agents-core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

export type SessionUnderTest = { readonly session: Session; readonly close?: () => Promise<void> };

const user = (content: string): AgentInputItem => ({ type: 'message', role: 'user', content });

/**
 * What our sessions rely on of the session below them, and the runner of any session: run it against yours, and
 * against yours with one of ours around it.
 *
 * @param open makes a new, empty session at each call.
 */
export function describeSession(name: string, open: () => Promise<SessionUnderTest>): void {
  describe(`${name} as a session`, () => {
    let underTest: SessionUnderTest;
    let session: Session;
    beforeEach(async () => {
      underTest = await open();
      ({ session } = underTest);
    });
    afterEach(async () => underTest.close?.());

    it('has an id that stays', async () => {
      const id = await session.getSessionId();
      await session.addItems([user('one')]);
      expect(id).not.toBe('');
      expect(await session.getSessionId()).toBe(id);
    });

    it('reads back what was written, in order and whole, also fields that it does not know', async () => {
      const first = [user('one'), assistantMessage('two', { providerData: { from: { deep: [1, null] } } })];
      const second = [user('three')];
      await session.addItems(first);
      await session.addItems([]);
      await session.addItems(second);
      expect(await session.getItems()).toEqual([...first, ...second]);
    });

    it('reads the latest under a limit, and none under one of 0', async () => {
      await session.addItems([user('one'), user('two'), user('three')]);
      expect(await session.getItems(2)).toEqual([user('two'), user('three')]);
      expect(await session.getItems(9)).toHaveLength(3);
      expect(await session.getItems(0)).toEqual([]);
    });

    it('takes back the latest, until there is none', async () => {
      await session.addItems([user('one'), user('two')]);
      expect(await session.popItem()).toEqual(user('two'));
      expect(await session.getItems()).toEqual([user('one')]);
      expect(await session.popItem()).toEqual(user('one'));
      expect(await session.popItem()).toBeUndefined();
    });

    it('forgets all when it is cleared, and goes on', async () => {
      await session.addItems([user('one')]);
      await session.clearSession();
      expect(await session.getItems()).toEqual([]);
      await session.addItems([user('two')]);
      expect(await session.getItems()).toEqual([user('two')]);
    });

    it('is not changed by what is done to the items that it gave or was given', async () => {
      const given = { type: 'message' as const, role: 'user' as const, content: 'one' };
      await session.addItems([given]);
      given.content = 'changed';
      const [read] = await session.getItems();
      Object.assign(read ?? {}, { content: 'changed' });
      expect(await session.getItems()).toEqual([user('one')]);
    });

    it('keeps a call and a result that are written one after the other', async () => {
      const call = functionCall('read', { path: 'a' }, { callId: 'c1' });
      const result: AgentInputItem = {
        type: 'function_call_result',
        callId: 'c1',
        name: 'read',
        status: 'completed',
        output: 'text',
      };
      await session.addItems([user('read a')]);
      await session.addItems([call]);
      await session.addItems([result]);
      expect(await session.getItems()).toEqual([user('read a'), call, result]);
    });

    it('changes its history in one step where it says that it can, and once for each operation', async () => {
      if (!isSessionHistoryTransactionAwareSession(session)) return;
      await session.addItems([user('one'), user('two')]);
      const replace = (expected: string) => ({
        operationId: 'op-1',
        transaction: {
          type: 'replace_suffix' as const,
          expectedSuffix: [user(expected)],
          replacement: [user('three')],
        },
      });
      await session.applyHistoryTransaction(replace('two'));
      await session.applyHistoryTransaction(replace('two'));
      expect(await session.getItems()).toEqual([user('one'), user('three')]);
      const stale = { ...replace('no such item'), operationId: 'op-2' };
      const apply = Reflect.get(session, 'applyHistoryTransaction') as (args: object) => unknown;
      await expect(async () => Reflect.apply(apply, session, [stale])).rejects.toThrow(Error);
      expect(await session.getItems()).toEqual([user('one'), user('three')]);
    });

    it.each([false, true])('holds a run with a tool for the next one (stream: %s)', async (isStreamed) => {
      const model = new ScriptedModel([
        [functionCall('weather', { city: 'Oslo' }, { callId: 'c1' })],
        [assistantMessage('Rain.')],
        [assistantMessage('Still rain.')],
      ]);
      const weather = tool({
        name: 'weather',
        description: 'The weather of a city',
        parameters: z.object({ city: z.string() }),
        execute: async ({ city }) => `${city}: rain`,
      });
      const agent = new Agent({ name: 'Ada', model, tools: [weather] });
      const runner = new Runner({ tracingDisabled: true });
      for (const text of ['Oslo?', 'And now?']) {
        if (isStreamed) {
          const result = await runner.run(agent, text, { session, stream: true });
          for await (const event of result) void event;
          await result.completed;
        } else await runner.run(agent, text, { session });
      }
      const types = (items: readonly AgentInputItem[]) =>
        items.map((item) => ('role' in item ? item.role : item.type));
      const firstRun = ['user', 'function_call', 'function_call_result', 'assistant'];
      expect(types(await session.getItems())).toEqual([...firstRun, 'user', 'assistant']);
      const input = model.calls.at(-1)?.request.input;
      expect(Array.isArray(input) ? types(input) : input).toEqual([...firstRun, 'user']);
    });
  });
}
