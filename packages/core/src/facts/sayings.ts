import { mentionOf } from './fact.ts';
import type { FactKind, Mention } from './fact.ts';
import { oneLine } from './one-line.ts';

/** What is kept of one message of the user, and of one sentence. */
const askCharacters = 700;
const sentenceCharacters = 260;
/** Shorter messages ("yes", "go on") ask for nothing by themselves. */
const shortestAsk = 12;
/** Of a longer text only the head and the tail are read for sentences: it is a document that was pasted. */
const readCharacters = 12_000;
const sentencesPerItem = 12;

const demand =
  /\b(?:must|never|always|do not|don[’']t|only|at most|at least|no more than|exactly|without|should(?:n[’']t| not)?|ensure|make sure|limit|budget|deadline|prefer)\b|\d\s?(?:%|ms|s|sec|min|h|[kmg]i?b|px|tokens?|lines?|items?|times|€|\$)(?!\w)/iu;
const decided =
  /\b(?:decided|decision|we(?:[’']ll| will) use|i(?:[’']ll| will) use|chose|choose|going with|rather than|root cause|the (?:real |actual )?(?:problem|issue|bug|cause|fix) (?:is|was)|turns out|agreed)\b/iu;
const leftOpen =
  /\b(?:todo|fixme|still (?:need|needs|to do|fails?|failing|open|missing)|not yet|remaining|next step|open question|unclear|blocked|pending|left to do)\b/iu;

/** What a user asks and demands: the message itself, and the sentences in it that bind. */
export function userSayings(text: string): readonly Mention[] {
  const ask = oneLine(text, askCharacters);
  if (ask.length < shortestAsk) return [];
  const sentences = pick(text, [['constraint', demand]]).filter((mention) => !ask.includes(mention.text));
  return [mentionOf('ask', ask), ...sentences];
}

/** What the agent says that it decided, found out or left open. */
export function agentSayings(text: string): readonly Mention[] {
  return pick(text, [
    ['decision', decided],
    ['open', leftOpen],
  ]);
}

function pick(text: string, patterns: readonly (readonly [FactKind, RegExp])[]): readonly Mention[] {
  return sentencesOf(text)
    .flatMap((sentence) => {
      const kind = patterns.find(([, pattern]) => pattern.test(sentence))?.[0];
      return kind === undefined ? [] : [mentionOf(kind, oneLine(sentence, sentenceCharacters))];
    })
    .slice(-sentencesPerItem);
}

/** Sentences and list entries of a text, without their markup. Code is not prose. */
function sentencesOf(text: string): readonly string[] {
  const half = readCharacters / 2;
  const read = text.length > readCharacters ? `${text.slice(0, half)}\n${text.slice(-half)}` : text;
  let isCode = false;
  return read.split('\n').flatMap((line) => {
    if (line.startsWith('```')) isCode = !isCode;
    if (isCode || line.startsWith('```')) return [];
    return line
      .split(/(?<=[.!?])\s/u)
      .map((sentence) => sentence.replace(/^[\s#>*-]{1,20}/u, '').trim())
      .filter((sentence) => sentence.length >= shortestAsk && sentence.length <= sentenceCharacters);
  });
}
