import {
  answeredBy,
  blocksOf,
  isServerCall,
  isServerResult,
  isThinking,
  openedBy,
} from '../dialects/anthropic-blocks.ts';
import { fieldsOf } from '../dialects/fields-of.ts';
import type { Fields } from '../dialects/fields-of.ts';
import { pairFindings } from './pair-findings.ts';
import { editAt } from './rule.ts';
import type { Finding, Fixed, Rule, Slot } from './rule.ts';

/**
 * Tools that Anthropic runs itself: each result stands behind its call ("must have a corresponding `server_tool_use`
 * block before it": anthropics/claude-code 66944, 95406), and each call has its result, in its own message or in a
 * later one of the assistant's. The last message may still wait: that is how a turn is paused and gone on with.
 */
export const serverToolRules: readonly Rule[] = [
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
    find: unanswered,
    fix: (slots, finding) =>
      without(slots, finding, (block, id) => isServerCall(block) && openedBy(block) === id),
  },
];

function found(items: readonly object[]) {
  // One step for each block: a result may stand in the message of its call.
  const steps = items.flatMap((item, index) => blocksIn(item).map((block) => ({ index, block })));
  const ties = steps.map(({ block }) => ({
    opens: isServerCall(block) ? listed(openedBy(block)) : [],
    answers: isServerResult(block) ? listed(answeredBy(block)) : [],
  }));
  const findings = pairFindings(ties);
  const placed = (all: readonly Finding[]) =>
    all.map((finding) => ({ ...finding, index: steps[finding.index]?.index ?? 0 }));
  return { orphans: placed(findings.orphans), unanswered: placed(findings.unanswered) };
}

function unanswered(items: readonly object[]): readonly Finding[] {
  const last = items.findLastIndex((item) => fieldsOf(item)['role'] === 'assistant');
  return found(items).unanswered.filter(({ index }) => index !== last);
}

function blocksIn(item: object): readonly Fields[] {
  const { role, content } = fieldsOf(item);
  return role === 'assistant' ? blocksOf(content) : [];
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
  const left = blocksIn(item ?? {}).filter((block) => !isMeant(block, id));
  return editAt(slots, index, left.every(isThinking) ? undefined : { ...item, content: left });
}
