import type { AgentOutputItem } from '@openai/agents-core';
import { assistantMessage, functionCall } from '@openai/agents-core/testing';
import { expect, it } from 'vitest';
import { BlockReader, blockIn, withBlockItem, withBlocks } from './anthropic-compaction.ts';

const block = { text: 'What was said, and $& too.', signature: undefined };
const metadata = { anthropic: { type: 'compaction' } };
const partOf = (text: string) => ({ type: 'text', text, providerMetadata: metadata });

it('is read out of what the AI SDK answered: the latest, where there are more', () => {
  const content = [
    partOf('first'),
    { type: 'text', text: 'said' },
    partOf('second'),
    { type: 'text', text: 'on' },
  ];
  expect(blockIn({ content })).toEqual({ text: 'second', signature: undefined });
  for (const nothing of [
    undefined,
    {},
    { content: [{ type: 'text', text: 'x' }] },
    { content: [partOf('')] },
  ]) {
    expect(blockIn(nothing)).toBeUndefined();
  }
});

it('is taken out of the text that it was joined with, and goes back as a block', () => {
  const call = functionCall('read', {}, { callId: 'c1' });
  const joined = assistantMessage(`${block.text}And now?`);
  const { output } = withBlockItem({ output: [joined, call] as AgentOutputItem[] }, block);
  expect(output.map(({ type }) => type)).toEqual(['compaction', 'message', 'function_call']);
  expect(output[1]).toMatchObject({ content: [{ type: 'output_text', text: 'And now?' }] });
  expect(withBlocks([...output])[0]).toMatchObject({
    role: 'assistant',
    content: [{ text: block.text, providerData: { anthropic: { type: 'compaction' } } }],
  });
  const alone = withBlockItem({ output: [assistantMessage(block.text), call] as AgentOutputItem[] }, block);
  expect(alone.output.map(({ type }) => type)).toEqual(['compaction', 'function_call']);
});

it('stays where it is where a text was changed on the way, and items without it are the same list', () => {
  const response = { output: [assistantMessage('WHAT WAS SAID')] as AgentOutputItem[] };
  expect(withBlockItem(response, block)).toBe(response);
  expect(withBlockItem(response, undefined)).toBe(response);
  const input = [assistantMessage('x')];
  expect(withBlocks(input)).toBe(input);
});

it('of a stream, only its own pieces are no part of the answer', () => {
  const reader = new BlockReader();
  const model = (event: object) => ({ type: 'model', event });
  const delta = { type: 'output_text_delta' };
  const read = [
    model({ type: 'text-start', id: '0', providerMetadata: metadata }),
    model({ type: 'text-delta', id: '0', delta: 'What was ' }),
    delta,
    model({ type: 'text-delta', id: '0', delta: 'said.' }),
    delta,
    model({ type: 'text-end', id: '0' }),
    model({ type: 'text-start', id: '1' }),
    model({ type: 'text-delta', id: '1', delta: 'And now?' }),
    delta,
  ].map((event) => reader.read(event));
  expect(read).toEqual([false, false, true, false, true, false, false, false, false]);
  expect(reader.block).toEqual({ text: 'What was said.', signature: undefined });
});
