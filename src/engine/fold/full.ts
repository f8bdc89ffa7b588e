import { type FoldState, report } from "./fold-state";
import type { Limited } from "./limits";

const WORDS: { readonly [What in Limited]: string } = {
  transports: "transports in one session",
  connections: "connections in one session",
  channels: "joins on one connection",
  roots: "roots on one connection",
  commands: "commands in one session",
  push_events: "push events in one session",
  kept_chars: "characters of commands and push events",
  pending_pushes: "pushes that await a reply on one socket",
  strangers: "sockets whose opening was not seen",
};

/**
 * Whether there are as many of something as are followed. The first time this is a problem.
 * @param told what has been reported already, of the session, the connection or the socket that is full
 */
export function isFull(fold: FoldState, told: Set<Limited>, what: Limited, count: number): boolean {
  const limit = fold.limits[what];
  if (count < limit) return false;
  if (!told.has(what)) {
    told.add(what);
    report(
      fold,
      "too_many",
      `There are more ${WORDS[what]} than the ${limit} that are followed. ` +
        "What comes from here on is listed, but not rebuilt.",
    );
  }
  return true;
}

/** Whether the payload of the frame that is being folded may be kept; counts it where it may. */
export function hasRoom(fold: FoldState): boolean {
  if (isFull(fold, fold.told, "kept_chars", fold.kept_chars)) return false;
  fold.kept_chars += fold.size;
  return true;
}
