import { costOf, digestOf, type Cut, type Session } from '@clew/trace-model';
import { breakEvenWords, moneyOf } from '../cost/cost-words.ts';
import { currentSize } from '../current-size.ts';
import { cutOutcome, cutTitle } from '../cut/cut-words.ts';
import { formatRatio } from '../format/ratio.ts';
import { exactTokens } from '../format/tokens.ts';
import { findingsOf } from '../health/health-rules.ts';
import type { Reveal } from '../use-reveal.ts';
import { plural, triggerWords } from '../words.ts';
import { revealedSummary } from './without-content.ts';

/** What a session's context went through, in Markdown, for an agent to work on. Of its content only what was revealed. */
export function sessionBrief(session: Session, isRevealed: Reveal['isRevealed']): string {
  const digest = digestOf(session);
  const findings = findingsOf(session);
  return [
    `# Context of session ${session.id}`,
    `${plural(digest.calls, 'model call')}, ${plural(digest.compactions, 'compaction')}, ${plural(digest.failures, 'failed attempt')}, ${plural(digest.fallbacks, 'fallback')}.`,
    sizeOf(session),
    '## What was found',
    findings.length === 0
      ? 'No rule found anything in what was recorded.'
      : findings.map(({ rule, says, action }) => `- **${rule}**: ${says} ${action}`).join('\n'),
    '## Compactions',
    session.cuts.length === 0 ? 'None.' : table(session),
    ...session.cuts.flatMap((cut) => summaryOf(cut, isRevealed)),
    '',
  ].join('\n\n');
}

function sizeOf({ calls }: Session): string {
  const call = calls.at(-1);
  const size = currentSize(call);
  if (size === undefined) return 'The size of the latest prompt was not told.';
  const limit = call?.window?.limit;
  const share = limit ? `, ${formatRatio(size.tokens / limit)} of the window` : '';
  return `The latest prompt holds ${exactTokens(size.tokens, size.basis)}${share}.`;
}

function table(session: Session): string {
  const costs = new Map(costOf(session).cuts.map((cost) => [cost.cut.id, cost]));
  const rows = session.cuts.map((cut) => {
    const cost = costs.get(cut.id);
    return [
      cutTitle(cut),
      cut.call.position,
      cutOutcome(cut),
      cut.trigger === undefined ? '' : triggerWords[cut.trigger],
      cut.before ?? 'unknown',
      cut.after ?? 'unknown',
      cost?.currency === undefined ? '' : `${moneyOf(cost, cost.net, true)}, pays ${breakEvenWords(cost)}`,
    ];
  });
  return [
    ['compaction', 'call', 'outcome', 'trigger', 'tokens before', 'tokens after', 'net so far'],
    ['---', '---', '---', '---', '---', '---', '---'],
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Quoted line by line, so that nothing in it can be taken for a part of the brief. */
function summaryOf(cut: Cut, isRevealed: Reveal['isRevealed']): readonly string[] {
  const text = revealedSummary(cut, isRevealed);
  if (text === undefined) return [];
  return [
    `## Summary after ${cutTitle(cut)}`,
    text
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n'),
  ];
}
