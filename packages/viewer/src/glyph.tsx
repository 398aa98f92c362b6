import type { ReactNode } from 'react';

/** The few signs that the views use. Drawn here, so that no icon font or image has to be loaded. */
const paths = {
  scissors:
    'M5.2 5.4 13 12M5.2 10.6 13 4M5.5 4.2a1.9 1.9 0 1 1-3.8 0 1.9 1.9 0 0 1 3.8 0ZM5.5 11.8a1.9 1.9 0 1 1-3.8 0 1.9 1.9 0 0 1 3.8 0Z',
  triangle: 'M8 2.4 14.2 13H1.8ZM8 6.2v3.4M8 11.2v.4',
  cross: 'M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8',
  pause: 'M5.6 3v10M10.4 3v10',
  dots: 'M3.4 8h.01M8 8h.01M12.6 8h.01',
  check: 'M2.8 8.6 6.4 12.2 13.2 4.4',
  lock: 'M4 7.4h8v6H4ZM5.6 7.4V5.2a2.4 2.4 0 0 1 4.8 0v2.2',
  shorten: 'M2.4 8h6M11.4 4.4v7.2M13.8 8H14M8.4 8l-2-2M8.4 8l-2 2',
  blank: 'M3 3h10v10H3ZM3 13 13 3',
  fold: 'M3 3.4h10M3 6.6h10M5.4 9.8h5.2M6.9 13h2.2',
  eye: 'M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8ZM9.9 8a1.9 1.9 0 1 1-3.8 0 1.9 1.9 0 0 1 3.8 0Z',
  eyeOff:
    'M2.4 2.4l11.2 11.2M6.2 4.1A6 6 0 0 1 8 3.8c4 0 6.4 4.2 6.4 4.2a11 11 0 0 1-1.8 2.3M4 5.2A10.6 10.6 0 0 0 1.6 8S4 12.2 8 12.2c1 0 1.9-.3 2.7-.7',
  box: 'M2.6 5.2h10.8v8H2.6ZM2 2.8h12v2.4H2ZM6.4 8h3.2',
  undo: 'M5.4 2.8 2.2 6l3.2 3.2M2.6 6h7a3.6 3.6 0 0 1 0 7.2H6',
  ring: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM5.2 8h5.6',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  link: 'M6.5 9.5l3-3M7 4.6l1-1a2.9 2.9 0 0 1 4.2 4.2l-1 1M9 11.4l-1 1a2.9 2.9 0 0 1-4.2-4.2l1-1',
} as const;

export type GlyphName = keyof typeof paths;

/** Decoration only: what it says stands beside it in words, or in its button's name. */
export function Glyph({ name }: { readonly name: GlyphName }): ReactNode {
  return (
    <svg className="clew-glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
