import type { CompactionFact } from './facts.ts';
import type { MeteredCall } from './metered-provider.ts';
import type { Screen } from './screen.ts';
import type { Task } from './tasks/task.ts';
import { thousands } from './thousands.ts';

const barWidth = 20;

/** Tells a session as it happens, a line at a time. */
export class Progress {
  readonly #screen: Screen;
  readonly #windowTokens: number;
  #taskNumber = 0;
  #callNumber = 0;

  constructor(screen: Screen, windowTokens: number) {
    this.#screen = screen;
    this.#windowTokens = windowTokens;
  }

  task({ title }: Task, number: number): void {
    this.#taskNumber = number;
    this.#screen.line(this.#screen.bold(`Task ${number}: ${title}`));
  }

  call({ kind, promptTokens }: MeteredCall): void {
    const size = `${thousands(promptTokens).padStart(6)} of ${thousands(this.#windowTokens)}`;
    if (kind === 'summary') {
      this.#screen.line(this.#screen.dim(`  summary      ${this.#bar(promptTokens)} ${size}`));
      return;
    }
    this.#callNumber += 1;
    const label = `call ${String(this.#callNumber).padStart(3)}  #${String(this.#taskNumber).padStart(2)}`;
    const line = `  ${label} ${this.#bar(promptTokens)} ${size}`;
    this.#screen.line(
      promptTokens > this.#windowTokens ? this.#screen.warn(`${line}  over the window`) : line,
    );
  }

  compaction({ outcome, tokensBefore, tokensAfter }: CompactionFact): void {
    const change = `compacted ${thousands(tokensBefore)} → ${thousands(tokensAfter)}`;
    this.#screen.line(this.#screen.accent(`  ${change}  (${outcome})`));
  }

  finding(text: string): void {
    const first = text.split('\n')[0] ?? '';
    this.#screen.line(this.#screen.dim(`  ${first}`));
  }

  warning(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#screen.line(this.#screen.warn(`  not compacted: ${message}`));
  }

  #bar(promptTokens: number): string {
    const filled = Math.min(barWidth, Math.round((promptTokens / this.#windowTokens) * barWidth));
    return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  }
}
