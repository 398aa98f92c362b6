export { main } from './main.ts';
export type { Terminal } from './terminal.ts';
export type { ExitCode } from './command.ts';
export { commands } from './commands/all.ts';
export { helpOf, overview } from './help.ts';
