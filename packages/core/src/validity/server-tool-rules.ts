import {
  answeredBy,
  isServerCall,
  isServerResult,
  isThinking,
  openedBy,
} from '../dialects/anthropic-blocks.ts';
import type { Fields } from '../dialects/fields-of.ts';
import { readMessage } from './anthropic-message.ts';
import type { Message } from './anthropic-message.ts';
import { perList } from './per-list.ts';
import { pairFindings } from './pair-findings.ts';
import { editAt } from './rule.ts';
import type { Finding, Fixed, Rule, Slot } from './rule.ts';

/**
 * Tools that Anthropic runs itself: each result stands behind its call ("must have a corresponding `server_tool_use`
 * block before it": anthropics/claude-code 66944, 95406), and each call has its result, in its own message or in a
 * later one of the assistant's. The last message may still wait: that is how a turn is paused and gone on with.
 */
export function serverToolRules(read: (item: object) => Message): readonly Rule[] {
  const found = perList((items) => pairsOf(items.map(read)));
  return [
    {
      name: 'server_result_without_call',
      isLocal: true,
      find: (items) => found(items).orphans,
      fix: (slots, finding) =>
        without(slots, finding, (block, id) => isServerResult(block) && answeredBy(block) === id),
    },
    {
      name: 'server_call_without_result',
      isLocal: true,
      find: (items) => unanswered(found(items).unanswered, items.map(read)),
      fix: (slots, finding) =>
        without(slots, finding, (block, id) => isServerCall(block) && openedBy(block) === id),
    },
  ];
}

function pairsOf(messages: readonly Message[]) {
  // One step for each block: a result may stand in the message of its call.
  const steps = messages.flatMap(({ role, blocks }, index) =>
    role === 'assistant' ? blocks.filter(isServerTool).map((block) => ({ index, block })) : [],
  );
  const ties = steps.map(({ block }) => ({
    opens: isServerCall(block) ? listed(openedBy(block)) : [],
    answers: isServerResult(block) ? listed(answeredBy(block)) : [],
  }));
  const findings = pairFindings(ties);
  const placed = (all: readonly Finding[]) =>
    all.map((finding) => ({ ...finding, index: steps[finding.index]?.index ?? 0 }));
  return { orphans: placed(findings.orphans), unanswered: placed(findings.unanswered) };
}

function unanswered(findings: readonly Finding[], messages: readonly Message[]): readonly Finding[] {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return findings.filter(({ index }) => index !== last);
}

function isServerTool(block: Fields): boolean {
  return isServerCall(block) || isServerResult(block);
}

function listed(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [id];
}

function without(
  slots: readonly Slot[],
  { index, id }: Finding,
  isMeant: (block: Fields, id: string | undefined) => boolean,
): Fixed {
  const item = slots[index]?.item;
  const left = readMessage(item).blocks.filter((block) => !isMeant(block, id));
  return editAt(slots, index, left.every(isThinking) ? undefined : { ...item, content: left });
}
