/** Where people read. Colours only where a terminal shows them. */
export type Screen = {
  line(text: string): void;
  dim(text: string): string;
  bold(text: string): string;
  accent(text: string): string;
  warn(text: string): string;
};

export type TextStream = { write(text: string): unknown; readonly isTTY?: boolean | undefined };

export function createScreen(stream: TextStream, env: NodeJS.ProcessEnv): Screen {
  const hasColour = stream.isTTY === true && !env['NO_COLOR'];
  const style = (code: number) => (text: string) => (hasColour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    line: (text) => void stream.write(`${text}\n`),
    bold: style(1),
    dim: style(2),
    accent: style(36),
    warn: style(33),
  };
}
