import { fieldsOf, stringOf } from './fields-of.ts';
import { jsonText } from './json-text.ts';
import { joinTexts } from './read-content.ts';

/** The commands of a shell call, a line each. */
export function commandsText(action: unknown): string {
  const { commands } = fieldsOf(action);
  return Array.isArray(commands) ? commands.map(jsonText).join('\n') : jsonText(action);
}

export function patchText(operation: unknown): string {
  const fields = fieldsOf(operation);
  const head = [fields.type, fields.path, fields.moveTo].map(stringOf).filter(Boolean);
  return joinTexts([head.join(' '), stringOf(fields.diff)]);
}

/** What was printed; how a command ended is shown where that is all there is to read. */
export function shellText(output: unknown): string {
  if (!Array.isArray(output)) return jsonText(output);
  const chunks = output.map(fieldsOf);
  const printed = chunks.flatMap(({ stdout, stderr }) => [stringOf(stdout), stringOf(stderr)]);
  return joinTexts(printed) || joinTexts(chunks.map(({ outcome }) => jsonText(outcome)));
}
