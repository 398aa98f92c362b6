import type { ItemView, Role } from '../item-view.ts';
import type { Candidate } from './candidate.ts';

/** What stays: a named predicate. */
export type KeepRule = {
  readonly name: string;
  readonly keeps: (candidate: Candidate) => boolean;
  /** Never gives way. By default a rule gives way where the target cannot be met else. */
  readonly isFirm?: boolean;
};

/** Keeps what the user said and the last thing that the assistant said in this many of the latest turns. */
export function keepRecentTurns(turns: number): KeepRule {
  return {
    name: 'recent_turn',
    keeps: ({ isUser, isFinalAnswer, newer }) => (isUser || isFinalAnswer) && newer.turns < turns,
  };
}

/** Keeps this many of the latest tool calls with their results. */
export function keepRecentToolPairs(pairs: number): KeepRule {
  return { name: 'recent_tool_pair', keeps: ({ kind, newer }) => kind === 'tool' && newer.toolPairs < pairs };
}

/** Keeps this many of the latest calls of each tool, with their results. */
export function keepRecentPairsPerTool(pairs: number): KeepRule {
  return {
    name: 'recent_pair_of_tool',
    keeps: ({ kind, newer }) => kind === 'tool' && newer.pairsOfTool < pairs,
  };
}

/** Keeps everything recent up to this many tokens. */
export function keepRecentTokens(tokens: number): KeepRule {
  return {
    name: 'recent_tokens',
    keeps: (candidate) => candidate.newer.tokens + candidate.tokens <= tokens,
  };
}

/** Keeps this many of the latest items, and what must stay with them. */
export function keepRecentItems(items: number): KeepRule {
  return { name: 'recent_items', keeps: ({ newer }) => newer.items < items };
}

/** Keeps every call of these tools, with its result. */
export function keepTools(...names: readonly string[]): KeepRule {
  return {
    name: 'named_tool',
    isFirm: true,
    keeps: ({ tools }) => tools.some((tool) => names.includes(tool)),
  };
}

/** Keeps the messages of these roles. */
export function keepRoles(...roles: readonly Role[]): KeepRule {
  const has = ({ kind, role }: ItemView) => kind === 'message' && roles.includes(role);
  return { name: 'role', isFirm: true, keeps: ({ views }) => views.some(has) };
}
