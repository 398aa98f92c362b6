import type { ImageSize } from './image-size.ts';

/** What a model's provider counts for a picture of a size, in its own tokens. */
export type ImageTokens = {
  readonly tokens: (size: ImageSize, detail: string | undefined) => number;
  readonly source: string;
};

/** Without a size a picture is taken for one of this size: that of a screenshot cut to the usual limits. */
export const usualImageSize: ImageSize = { width: 1024, height: 1024 };

/** By the model's name, the first that fits. Read on 2026-11-21. */
const families: readonly { readonly models: RegExp; readonly image: ImageTokens }[] = [
  { models: /gpt-4o-mini/iu, image: tiles(2833, 5667) },
  { models: /gpt-4\.1-mini/iu, image: patches(1.62, { high: 1536 }) },
  { models: /gpt-4\.1-nano/iu, image: patches(2.46, { high: 1536 }) },
  { models: /o4-mini|codex-mini/iu, image: patches(1.72, { high: 1536 }) },
  { models: /gpt-5-mini/iu, image: patches(1.2, { high: 1536 }) },
  { models: /gpt-5-nano/iu, image: patches(1.5, { high: 1536 }) },
  { models: /gpt-5\.[23](?!\d)/iu, image: patches(1.2, { high: 1536 }) },
  { models: /gpt-5\.4(?!\d)/iu, image: patches(1.2, { high: 2500, original: 10_000 }) },
  {
    models: /gpt-5\.5(?!\d)/iu,
    image: patches(1.2, { high: 2500, original: 10_000, isOriginalByDefault: true }),
  },
  {
    models: /gpt-(?:5\.\d|[6-9])/iu,
    image: patches(1.2, { high: 2500, original: Infinity, isOriginalByDefault: true }),
  },
  { models: /gpt-5/iu, image: tiles(70, 140) },
  { models: /computer-use-preview/iu, image: tiles(65, 129) },
  { models: /(?:^|[:/])o[13]\b/iu, image: tiles(75, 150) },
  { models: /(?:^|[:/])(?:gpt-|chatgpt)/iu, image: tiles(85, 170) },
  {
    models: /claude.*(?:opus-4[-.][7-9]|(?:opus|sonnet|haiku|fable|mythos)-[5-9])/iu,
    image: claude({ maxEdge: 2576, maxTokens: 4784 }),
  },
  { models: /claude/iu, image: claude({ maxEdge: 1568, maxTokens: 1568 }) },
  {
    models: /gemini-(?:[3-9])/iu,
    image: { tokens: () => 1120, source: 'Gemini 3 and later: 1,120 a picture at the default resolution' },
  },
  { models: /gemini|gemma/iu, image: geminiTiles() },
];

/** Open models mostly cut a picture into 28 or 32 pixel cells, one token each. */
const unknown: ImageTokens = {
  tokens: (size) => cells(fit(size, { cell: 28, maxTokens: 4096, maxEdge: Infinity }), 28),
  source: 'the 28 pixel cells of the Qwen VL models, which other open models come close to',
};

export function imageTokens(model: string): ImageTokens {
  return families.find(({ models }) => models.test(model))?.image ?? unknown;
}

/** Within 2,048 pixels, then the short side to 768, then so much for each square of 512 and once besides. */
function tiles(base: number, each: number): ImageTokens {
  return {
    tokens: (size, detail) => {
      if (detail === 'low') return base;
      const inside = shrink(size, 2048 / Math.max(size.width, size.height));
      const { width, height } = shrink(inside, 768 / Math.min(inside.width, inside.height));
      return base + each * Math.ceil(width / 512) * Math.ceil(height / 512);
    },
    source: `OpenAI's guide to images: ${base} and ${each} for each square of 512 pixels`,
  };
}

type PatchLimits = {
  readonly high: number;
  readonly original?: number;
  readonly isOriginalByDefault?: boolean;
};

/**
 * So much for each patch of 32 pixels. The multipliers are those that users measured: the published ones of the
 * small models of GPT-5 (1.62, 2.46) are not what is billed. `low` changes nothing there, by the same measurements.
 */
function patches(each: number, limits: PatchLimits): ImageTokens {
  const { high, original = high, isOriginalByDefault = false } = limits;
  return {
    tokens: (size, detail = 'auto') => {
      const isOriginal = detail === 'original' || (detail === 'auto' && isOriginalByDefault);
      const maxTokens = isOriginal ? original : high;
      return Math.ceil(each * cells(withinPatches(size, maxTokens), 32));
    },
    source: `OpenAI's guide to images, and its forum's measurements: ${each} for each patch of 32 pixels, at most ${high}`,
  };
}

function claude({
  maxEdge,
  maxTokens,
}: {
  readonly maxEdge: number;
  readonly maxTokens: number;
}): ImageTokens {
  return {
    tokens: (size) => cells(fit(size, { cell: 28, maxTokens, maxEdge }), 28),
    source: `Anthropic's guide to vision: a token for each patch of 28 pixels, at most ${maxTokens}`,
  };
}

function geminiTiles(): ImageTokens {
  return {
    tokens: ({ width, height }) =>
      width <= 384 && height <= 384 ? 258 : 258 * Math.ceil(width / 768) * Math.ceil(height / 768),
    source: "Google's guide to tokens, Gemini 2: 258 for each tile of 768 pixels",
  };
}

function shrink({ width, height }: ImageSize, factor: number): ImageSize {
  const by = Math.min(1, factor);
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}

/** OpenAI's rule: down to as many patches as are allowed, and from there to whole ones. */
function withinPatches(size: ImageSize, maxPatches: number): ImageSize {
  if (cells(size, 32) <= maxPatches) return size;
  const factor = Math.sqrt((maxPatches * 32 * 32) / (size.width * size.height));
  const whole = (length: number) => Math.floor((length * factor) / 32) / ((length * factor) / 32);
  return shrink(size, factor * Math.min(whole(size.width), whole(size.height)));
}

/** The largest size of the same shape within both limits, to a pixel or two. */
function fit(
  size: ImageSize,
  {
    cell,
    maxTokens,
    maxEdge,
  }: { readonly cell: number; readonly maxTokens: number; readonly maxEdge: number },
): ImageSize {
  const inside = shrink(size, maxEdge / Math.max(size.width, size.height));
  if (cells(inside, cell) <= maxTokens) return inside;
  let factor = Math.sqrt((maxTokens * cell * cell) / (inside.width * inside.height));
  while (cells(shrink(inside, factor), cell) > maxTokens) factor *= 0.995;
  return shrink(inside, factor);
}

function cells({ width, height }: ImageSize, cell: number): number {
  return Math.ceil(width / cell) * Math.ceil(height / cell);
}
