import axe from 'axe-core';
import { expect } from 'vitest';

const schemes = ['light', 'dark'] as const;

/**
 * For tests in the browser: axe finds nothing to object to below `container`, in the light and in the dark scheme.
 * Landmarks are the page's business, so the rule that wants everything inside one is left out.
 */
export async function expectNoViolations(container: Element = document.body): Promise<void> {
  const { style } = document.documentElement;
  const { colorScheme, background } = style;
  // What a browser paints behind a page without a background, where axe would take white.
  style.background = 'Canvas';
  try {
    for (const scheme of schemes) {
      style.colorScheme = scheme;
      const { violations } = await axe.run(container, {
        resultTypes: ['violations'],
        rules: { region: { enabled: false } },
      });
      expect(violations.flatMap(inWords), `axe, ${scheme}`).toEqual([]);
    }
  } finally {
    Object.assign(style, { colorScheme, background });
  }
}

function inWords({ id, nodes }: axe.Result): readonly string[] {
  return nodes.map(({ html, any, all, none }) => {
    const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
    return `${id}: ${html.slice(0, 200)} (${why})`;
  });
}
