/** The views of a session, in the order of their tabs. */
export const viewIds = ['overview', 'cut', 'seen', 'retention', 'cost', 'policy'] as const;
export type ViewId = (typeof viewIds)[number];
