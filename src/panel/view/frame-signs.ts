import type { Row } from "../../bridge/view";

/** A sign for each type of event, for where there is no room for its word. */
export const FRAME_SIGNS: Record<Row["type"], string> = {
  out: "↑",
  in: "↓",
  socket: "○",
  open: "●",
  close: "×",
  error: "!",
  page: "□",
  gap: "…",
  base: "≡",
  mark: "⚑",
  unknown: "?",
  broken: "?",
};
