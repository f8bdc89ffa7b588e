/** The views of the panel, in the order of their tabs. */
export const VIEWS = [
  "stores",
  "timeline",
  "compare",
  "frames",
  "channels",
  "connection",
  "problems",
] as const;
export type ViewName = (typeof VIEWS)[number];
