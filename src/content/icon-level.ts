import { type Chunk, eventsOf } from "../bridge/chunk";
import type { PageEvent } from "../bridge/page-event";
import { ICON_LEVELS, type IconLevel, type PageStatus } from "../bridge/page-message";

/** What the toolbar's icon should tell of one document. What was seen once stays seen. */
export type IconGauge = {
  /** Looks at what has come; only the first frames are read, and only their beginnings. */
  readonly note: (chunk: Chunk) => void;
  readonly level: (tap: PageStatus["tap"]) => IconLevel;
};

/** Frames that are looked at: a page that has said nothing of Musubi by then is not asked on. */
export const MAX_LOOKED_FRAMES = 2000;
/** Topic and event of a join stand here, and so does the version of an envelope. */
const MAX_LOOKED_CHARS = 512;

export function createIconGauge(): IconGauge {
  let looked = 0;
  let seen: "waiting" | "phoenix" | "musubi" = "waiting";

  function rise(to: typeof seen): void {
    if (ICON_LEVELS.indexOf(to) > ICON_LEVELS.indexOf(seen)) seen = to;
  }

  function look(event: PageEvent): void {
    if (event.type === "socket") rise("phoenix");
    if (event.type !== "in" && event.type !== "out") return;
    if (looked++ >= MAX_LOOKED_FRAMES || typeof event.data !== "string") return;
    const start = event.data.slice(0, MAX_LOOKED_CHARS);
    if (event.type === "out" ? isMusubiJoin(start) : isEnvelope(start)) rise("musubi");
  }

  return {
    note(chunk) {
      if (seen === "musubi") return;
      if (chunk.type !== "run") look(chunk);
      else if (looked < MAX_LOOKED_FRAMES) for (const event of eventsOf(chunk)) look(event);
    },
    // A tap that has turned itself off is none.
    level: (tap) => (tap === "active" ? seen : "none"),
  };
}

/** By its looks, as is enough for an icon: no frame is parsed here. */
function isMusubiJoin(start: string): boolean {
  return start.includes('"phx_join"') && start.includes('"musubi');
}

function isEnvelope(start: string): boolean {
  return start.includes('"base_version":') && start.includes('"patch"');
}
