import type { Direction, Frame } from "../../wire/frame";
import type { ErrorReply } from "../../wire/refusal";
import type { RootKey } from "../live";
import type { ChannelRecord } from "./channel";
import type { FoldState } from "./fold-state";
import { keepName } from "./kept-name";
import type { ChannelEntry, Exchange, MountEntry } from "./timeline-entry";

/** Notes a message on a channel that is nothing else. */
export function notePush(
  fold: FoldState,
  way: Direction,
  { topic, event }: Frame,
  exchange: Exchange | null,
): void {
  const { seq, names } = fold;
  fold.timeline.add({
    ...{ seq, kind: "push", way, exchange },
    ...{ topic: keepName(names, topic), event: keepName(names, event) },
  });
}

/** What is noted of a channel's or a root's life beside what happened. */
type LifeNote = {
  readonly topic: string;
  readonly exchange?: Exchange | null;
  readonly root_key?: RootKey | null;
  readonly refusal?: ErrorReply | null;
};

/** Notes something of a channel's life; `channel` is null where it is not followed. */
export function noteChannel(
  fold: FoldState,
  what: ChannelEntry["what"],
  channel: ChannelRecord | null,
  { topic, exchange = null, root_key = null, refusal = null }: LifeNote,
): void {
  const { seq, names } = fold;
  const nth = channel?.nth ?? 0;
  fold.timeline.add({
    ...{ seq, kind: "channel", what, channel, nth },
    ...{ topic: keepName(names, topic), root_key, exchange, refusal },
  });
}

/** Notes something of a root's life. */
export function noteMount(
  fold: FoldState,
  what: MountEntry["what"],
  { topic, exchange = null, root_key = null, refusal = null }: LifeNote,
): void {
  const { seq, names } = fold;
  fold.timeline.add({
    ...{ seq, kind: "mount", what, topic: keepName(names, topic) },
    ...{ root_key, exchange, refusal },
  });
}
