import { CompactManager, TiktokenCounter, chat, filesInSheet } from '@clew/core';
import type { CompactResult, Summarizer } from '@clew/core';
import { hasName, namesIn } from './names-in.ts';
import type { Name, NameKind } from './names-in.ts';
import type { RecordedItem } from './read-history.ts';

type Recall = { readonly found: number; readonly needed: number; readonly missed: readonly string[] };

/** A recorded session, cut at a size and compacted, against what its agent did next. */
export type Hindsight = {
  readonly cutTokens: number;
  readonly beforeTokens: number;
  readonly afterTokens: number;
  readonly keptTokens: number;
  readonly result: CompactResult<object>;
  /** Of what the agent names later and only the compacted part held: what is in the result. */
  readonly recall: Readonly<Record<NameKind, Recall>>;
  /** The paths of these that stand there in full, and not by folder. */
  readonly pathsInFull: number;
};

export type HindsightOptions = {
  readonly history: readonly RecordedItem[];
  readonly cutTokens: number;
  readonly keptTokens: number;
  /** By default the digest, which needs no model. */
  readonly summarizer?: Summarizer | undefined;
};

/** The sessions were recorded with Claude, whose tokens are more than those of a tokenizer that is public. */
const model = 'claude-sonnet-4-5';
const counter = TiktokenCounter.forModel(model);

/** @returns `undefined` where the session does not reach the cut */
export async function hindsight(options: HindsightOptions): Promise<Hindsight | undefined> {
  const { history, cutTokens, keptTokens, summarizer } = options;
  const end = endOfCut(history, cutTokens / (await providerScale(history)));
  if (end === undefined) return undefined;
  const before = history.slice(0, end);
  const manager = new CompactManager<object>({
    model,
    maxContextTokens: Math.ceil(cutTokens / 0.85) + 1500,
    dialect: chat,
    summarizer,
    policy: {
      keepRecentTokens: keptTokens,
      keepRecentTurns: 1,
      keepToolIoPairs: 1,
      ladder: summarizer === undefined ? ['digest'] : ['summarize', 'digest'],
    },
  });
  const result = await manager.compact({ sessionId: 'recorded', items: before });
  const kept = new Set<unknown>(result.items);
  const gone = before.filter((item) => !kept.has(item)).map(wordsOf);
  const stayed = before.filter((item) => kept.has(item)).map(wordsOf);
  const needed = neededLater(history.slice(end), gone.join('\n'), stayed.join('\n'));
  const words = result.items.map((item) => wordsOf(item as RecordedItem)).join('\n');
  const readable = [words, ...filesOf(result)].join('\n');
  return {
    cutTokens,
    beforeTokens: result.tokens.before,
    afterTokens: result.tokens.after,
    keptTokens: result.tokens.stayed,
    result,
    pathsInFull: recallOf('path', needed, words).found,
    recall: {
      path: recallOf('path', needed, readable),
      url: recallOf('url', needed, readable),
      identifier: recallOf('identifier', needed, readable),
    },
  };
}

function recallOf(kind: NameKind, needed: readonly Name[], readable: string): Recall {
  const own = needed.filter((name) => name.kind === kind);
  const missed = own.filter((name) => !hasName(readable, name)).map(({ text }) => text);
  return { needed: own.length, found: own.length - missed.length, missed };
}

/** What the agent names after the cut, before anybody else names it again, that only what left had. */
function neededLater(later: readonly RecordedItem[], gone: string, stayed: string): readonly Name[] {
  const asked = new Set<string>();
  const needed: Name[] = [];
  let known = stayed;
  for (const item of later) {
    const words = wordsOf(item);
    if (item.role !== 'assistant') {
      known += `\n${words}`;
      continue;
    }
    for (const name of namesIn(words)) {
      const key = `${name.kind} ${name.text}`;
      if (asked.has(key)) continue;
      asked.add(key);
      if (hasName(gone, name) && !hasName(known, name)) needed.push(name);
    }
  }
  return needed;
}

/** Each file that the sheet lists by folder, with its whole path. */
function filesOf({ summary }: CompactResult<object>): readonly string[] {
  return summary === undefined ? [] : filesInSheet(summary.text).map(({ text }) => text);
}

/** What an item says, its arguments without the quoting of JSON. */
function wordsOf({ content, tool_calls: calls = [] }: RecordedItem): string {
  return [content, ...calls.flatMap(({ function: made }) => stringsIn(JSON.parse(made.arguments)))].join(
    '\n',
  );
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** The provider's tokens for one of the counter's, as the engine takes them before any report. */
async function providerScale(history: readonly RecordedItem[]): Promise<number> {
  const manager = new CompactManager<object>({ model, maxContextTokens: 10_000_000, dialect: chat });
  const { tokens } = await manager.preflight({ sessionId: 'recorded', items: history });
  return tokens.before / history.reduce((sum, item) => sum + counter.count(wordsOf(item)) + 4, 0);
}

/** The first item behind `tokens`; never between a call and its result. */
function endOfCut(history: readonly RecordedItem[], tokens: number): number | undefined {
  let sum = 0;
  for (const [index, item] of history.entries()) {
    sum += counter.count(wordsOf(item)) + 4;
    if (sum >= tokens && history[index + 1]?.role !== 'tool' && item.tool_calls === undefined) {
      return index + 1;
    }
  }
  return undefined;
}
