import type { Notebook } from '../script/notebook.ts';
import type { Playbook } from '../script/playbook.ts';

/** One piece of work that the user asks for, and how the offline model goes about it. */
export type Task = {
  /** Short, for a progress line. */
  readonly title: string;
  /** What the user says: the whole of it goes to the model. */
  readonly prompt: string;
  play(notebook: Notebook): Playbook;
};
