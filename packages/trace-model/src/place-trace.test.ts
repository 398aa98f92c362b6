import { describe, expect, it } from 'vitest';
import { fold } from './model.ts';
import type { Span, TraceInfo } from './span.ts';
import { recordSession } from './testing/index.ts';

const session = recordSession({ sessionId: 'chat-9', calls: 4 });

const span = (traceId: string, attrs: Span['attrs'] = {}): Span => ({
  traceId,
  id: '1',
  name: 'x',
  start: 1,
  end: 2,
  attrs,
});
const inTraceT = (given: Span): Span => ({ ...given, traceId: 't' });
const inConversation = (given: Span): Span => ({
  ...given,
  attrs: { ...given.attrs, 'gen_ai.conversation.id': 'conv-1' },
});

describe('placing spans in sessions', () => {
  it('takes the agent spans of a trace into the session of its compactions', () => {
    const { sessions } = fold(session);
    expect(sessions.map(({ id }) => id)).toEqual(['chat-9']);
    expect(sessions[0]?.spans).toHaveLength(session.length);
    expect(sessions[0]?.agents).toEqual(['coder']);
  });

  it('lists a trace without compactions by its conversation, its group or itself', () => {
    const infos: TraceInfo[] = [
      { traceId: 'b', groupId: 'group-1', name: 'Support' },
      { traceId: 'd', name: 'Begun', start: 4 },
    ];
    const { sessions } = fold(
      [span('a', { 'gen_ai.conversation.id': 'talk' }), span('b'), span('c')],
      undefined,
      infos,
    );
    expect(sessions.map(({ id, name }) => `${id}: ${name}`).toSorted()).toEqual([
      'c: c',
      'd: Begun',
      'group-1: Support',
      'talk: talk',
    ]);
  });

  it('follows a conversation into the session that compacts it', () => {
    const withConversation = session.map(inConversation);
    const later: Span = {
      traceId: 'later',
      id: '1',
      name: 'chat x',
      start: 1,
      end: 2,
      attrs: { 'gen_ai.conversation.id': 'conv-1' },
    };
    expect(fold([...withConversation, later]).sessions.map(({ id }) => id)).toEqual(['chat-9']);
  });

  it('keeps two agents of one trace in their own sessions', () => {
    const inOneTrace = [...session, ...recordSession({ sessionId: 'sub', calls: 2, seed: 5 })].map(inTraceT);
    const { sessions } = fold(inOneTrace);
    const counts = Object.fromEntries(sessions.map(({ id, calls }) => [id, calls.length]));
    expect(counts).toEqual({ 'chat-9': 4, sub: 2 });
    expect(sessions.flatMap(({ spans }) => spans)).toHaveLength(inOneTrace.length);
  });

  it('survives spans that are their own ancestors', () => {
    const ring: Span[] = [
      { traceId: 't', id: '1', parentId: '2', name: 'x', attrs: {} },
      { traceId: 't', id: '2', parentId: '1', name: 'x', attrs: {} },
    ];
    expect(fold(ring).sessions[0]?.spans).toHaveLength(2);
  });
});
