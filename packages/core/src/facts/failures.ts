import { oneLine } from './one-line.ts';

const lineCharacters = 200;
const errorsPerItem = 4;
/** Longer outputs are listings and files: their errors, where they report any, stand at the head or the tail. */
const readCharacters = 16_000;

/** A line that reports an error. Tested on lines of bounded length; source code that speaks of errors is none. */
const errorLine =
  /^\W{0,8}(?:(?:[A-Z][A-Za-z]{1,40})?(?:Error|Exception)\b\W|error\b|fatal\b|panic\b|FAIL(?:ED)?\b|Traceback\b|npm (?:ERR|error)|AssertionError)|\berror(?: TS\d{1,5})?: |\b(?:command not found|No such file or directory|Permission denied|permission denied|Cannot find module|Could not find|not found in|is not recognized|Segmentation fault|Connection refused|ECONN\w{1,10}|ENO\w{1,10}|EACCES)\b|^\W{0,8}(?:✗|✘|×)\s/u;
const failed =
  /\b(?:exit(?:ed with)?(?: code| status)?|returned(?: code)?|status|code)[ :=]{1,3}[1-9]\d{0,2}\b|\bcommand failed\b|<tool_use_error>|\bcommand not found\b|^\s{0,8}(?:Error|error|fatal|Traceback)\b/iu;

/** The lines of an output that report an error, the last of them first to go. */
export function errorLines(output: string): readonly string[] {
  const half = readCharacters / 2;
  const read = output.length > readCharacters ? `${output.slice(0, half)}\n${output.slice(-half)}` : output;
  const found = new Set<string>();
  for (const line of read.split('\n')) {
    if (!errorLine.test(line.slice(0, 400)) || isCode(line)) continue;
    found.add(oneLine(line, lineCharacters));
    if (found.size === errorsPerItem) break;
  }
  return [...found];
}

/** Whether an output says that its call failed: by its head or its tail, where tools say so. */
export function saysFailure(output: string): boolean {
  return failed.test(output.slice(0, 240)) || failed.test(output.slice(-240));
}

/** A line of a program, numbered or not, that handles an error or throws one. */
function isCode(line: string): boolean {
  return /^\s{0,12}\d{1,6}[\t→:|]|[;{}]\s{0,4}$|=>|\b(?:throw|catch|raise|rescue|return|const|def)\b/u.test(
    line.slice(0, 400),
  );
}
