/** One item of the transcript that a summariser is shown. */
type TranscriptBlock = {
  /** `user`, `assistant`, `call list_files`, `result list_files`, … */
  readonly heading: string;
  readonly text: string;
};

/** A summariser's prompt, taken apart: what to summarise, what to carry over, and the form that is wanted. */
export type SummaryPrompt = {
  readonly blocks: readonly TranscriptBlock[];
  /** The bullets of the summary before this one. */
  readonly carried: readonly string[];
  readonly sections: readonly string[];
};

export function readSummaryPrompt(prompt: string): SummaryPrompt {
  const transcript = between(prompt, 'transcript') ?? prompt;
  const previous = between(prompt, 'previous-summary') ?? '';
  const wanted = /with these sections: (.+)\.\s*$/u.exec(prompt)?.[1];
  return {
    blocks: readBlocks(transcript),
    carried: previous.split('\n').flatMap((line) => /^- (.+)$/u.exec(line)?.[1] ?? []),
    sections: wanted?.split('; ') ?? ['Summary'],
  };
}

function between(text: string, tag: string): string | undefined {
  return new RegExp(`<${tag}>\\n([\\s\\S]*?)\\n</${tag}>`, 'u').exec(text)?.[1];
}

const heading = /^## (?:\d+ )?((?:user|assistant|system|developer)|(?:call|result)(?: \w+)?)$/u;

function readBlocks(transcript: string): readonly TranscriptBlock[] {
  const blocks: { heading: string; lines: string[] }[] = [];
  for (const line of transcript.split('\n')) {
    const title = heading.exec(line)?.[1];
    if (title !== undefined) blocks.push({ heading: title, lines: [] });
    else blocks.at(-1)?.lines.push(line);
  }
  return blocks.map(({ heading: title, lines }) => ({ heading: title, text: lines.join('\n').trim() }));
}
