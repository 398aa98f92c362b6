import { fieldsOf, stringOf } from './fields-of.ts';
import { jsonText } from './json-text.ts';

export type Content = {
  readonly text: string;
  readonly mediaCount: number;
};

/** The content of a message or the output of a tool: a text, one part, or a list of parts, of any format. */
export function readContent(content: unknown): Content {
  if (!Array.isArray(content)) return readPart(content);
  const parts = content.map(readPart);
  return {
    text: joinTexts(parts.map(({ text }) => text)),
    mediaCount: parts.reduce((sum, { mediaCount }) => sum + mediaCount, 0),
  };
}

/** What there is, a line each. */
export function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

function readPart(part: unknown): Content {
  const fields = fieldsOf(part);
  switch (fields.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'reasoning_text':
    case 'summary_text':
      return { text: stringOf(fields.text), mediaCount: 0 };
    case 'refusal':
      return { text: stringOf(fields.refusal), mediaCount: 0 };
    case 'audio':
    case 'input_audio':
      return { text: stringOf(fields.transcript), mediaCount: 1 };
    case 'image':
    case 'document':
    case 'image_url':
    case 'container_upload':
    case 'input_image':
    case 'file':
    case 'input_file':
    case 'video_url':
    case 'computer_screenshot':
      return { text: '', mediaCount: 1 };
    default:
      return { text: jsonText(part), mediaCount: 0 };
  }
}
