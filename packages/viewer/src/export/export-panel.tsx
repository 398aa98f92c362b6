import type { Session } from '@clew/trace-model';
import { useState, type ReactNode, type RefObject } from 'react';
import type { Reveal } from '../use-reveal.ts';
import { plural } from '../words.ts';
import { pictureOf } from './picture.ts';
import { fileName, saveAs } from './save-as.ts';
import { sessionBrief } from './session-brief.ts';
import { sessionJsonl } from './session-jsonl.ts';

/** What can be taken out of the page: the drawing, the records, a brief. Hidden content is in none of them. */
export function ExportPanel({
  session,
  reveal,
  page,
}: {
  readonly session: Session;
  readonly reveal: Reveal;
  /** Where the drawings are. */
  readonly page: RefObject<HTMLElement | null>;
}): ReactNode {
  const [said, setSaid] = useState('');
  const run = async (work: () => Promise<void> | void, done: string): Promise<void> => {
    try {
      await work();
      setSaid(done);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : 'That did not work.');
    }
  };
  const { id } = session;
  const brief = (): string => sessionBrief(session, reveal.isRevealed);
  const jsonl = (): string => sessionJsonl(session, reveal.isRevealed);
  const actions: readonly (readonly [string, () => Promise<void> | void, string])[] = [
    ['Copy link', () => copy(location.href), 'The link is copied.'],
    ['Copy brief for an agent', () => copy(brief()), 'The brief is copied.'],
    ['Brief (Markdown)', () => saveText(fileName(id, 'md'), brief(), 'text/markdown'), 'The brief is saved.'],
    [
      'Records (JSONL)',
      () => saveText(fileName(id, 'jsonl'), jsonl(), 'application/jsonl'),
      'The records are saved.',
    ],
    ['Picture (PNG)', () => savePicture(page.current, id), 'The picture is saved.'],
  ];
  return (
    <>
      <p className="clew-muted">
        {reveal.count === 0
          ? 'No content is revealed, so none is in what you take out: figures and names only.'
          : `With the ${plural(reveal.count, 'payload')} that you revealed, and no other content.`}
      </p>
      <div className="clew-tools">
        {actions.map(([name, work, done]) => (
          <button key={name} type="button" className="clew-button" onClick={() => void run(work, done)}>
            {name}
          </button>
        ))}
      </div>
      <p role="status" className="clew-small">
        {said}
      </p>
    </>
  );
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

function saveText(name: string, text: string, type: string): void {
  saveAs(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

async function savePicture(page: HTMLElement | null, id: string): Promise<void> {
  const svg = page?.querySelector<SVGSVGElement>('[data-export] svg.recharts-surface, svg[data-export]');
  if (!svg) throw new Error('There is no drawing in this view: show the timeline as a chart.');
  saveAs(fileName(id, 'png'), await pictureOf(svg));
}
