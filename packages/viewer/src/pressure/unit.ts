/** Up the timeline: tokens, or the share of the window, where 1 is its limit. */
export type Unit = 'tokens' | 'percent';
