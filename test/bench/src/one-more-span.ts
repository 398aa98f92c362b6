import { fold, type Model, type Span } from '@clew/trace-model';
import { recordSession } from '@clew/trace-model/testing';
import type { Line } from './line.ts';
import { timePairs } from './timing.ts';

const ROUNDS = 200;

/** What one more span of a session costs the viewer's model, beside so many other sessions. */
export async function oneMoreSpan(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const count of [10, 100, 1000]) {
    const spans = Array.from({ length: count }, (_, index) =>
      recordSession({ sessionId: `s${index}`, seed: index + 1, calls: 8 }),
    );
    let model: Model = fold(spans.flat());
    const last = spans.at(-1)?.at(-1);
    if (last === undefined) throw new Error('A recorded session has spans.');
    const [ours] = await timePairs(ROUNDS, [(round) => (model = fold([another(last, round)], model))]);
    const total = spans.flat().length;
    lines.push({
      name: `one more span, ${count} sessions (${total} spans)`,
      ours,
      asked: 'the same in each row',
    });
  }
  return lines;
}

function another(span: Span, round: number): Span {
  return { ...span, id: `more-${round}`, name: 'execute_tool more', attrs: {} };
}
