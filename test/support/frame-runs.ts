import type { FrameRun } from "../../src/bridge/frame-run";
import type { PageEvent } from "../../src/bridge/page-event";

/** Text frames as the run that they make. */
export function toRun(events: readonly PageEvent[]): FrameRun {
  const frames = events.map((event) => {
    if ((event.type === "in" || event.type === "out") && typeof event.data === "string")
      return { ...event, data: event.data };
    throw new Error("A run has text frames only.");
  });
  const at = frames[0]?.at ?? 0;
  return {
    type: "run",
    at,
    later: frames.map((frame) => Math.round((frame.at - at) * 1000)),
    socket: frames.map(({ socket }) => socket),
    sent: frames.map(({ type }) => type === "out"),
    length: frames.map(({ data }) => data.length),
    text: frames.map(({ data }) => data).join(""),
  };
}
