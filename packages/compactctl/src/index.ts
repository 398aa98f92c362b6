export { main } from './main.ts';
export type { Terminal } from './terminal.ts';
export type { ExitCode } from './command.ts';
