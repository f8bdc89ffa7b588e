import type { ChannelView, ConnectionView, RootView } from "../../bridge/view";

export type Status = ConnectionView["status"] | RootView["status"] | ChannelView["state"];

type Mood = "good" | "waiting" | "bad" | "over";

const MOODS: Record<Status, Mood> = {
  connected: "good",
  mounted: "good",
  joined: "good",
  connecting: "waiting",
  reconnecting: "waiting",
  mounting: "waiting",
  joining: "waiting",
  leaving: "waiting",
  refused: "bad",
  lost: "bad",
  errored: "bad",
  closed: "over",
  unmounted: "over",
};

/** A coloured dot; the word beside it says the same. */
export function StatusDot({ status }: { readonly status: Status }) {
  return <span class="dot" data-mood={MOODS[status]} aria-hidden="true" />;
}
