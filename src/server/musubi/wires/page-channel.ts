import { assertNever } from "../../../wire/assert-never";
import type { JsonObject } from "../../../wire/json";
import { EVENT } from "../../../wire/protocol";
import type { Assigns } from "../../phoenix/assigns";
import { type ChannelAnswer, type ChannelSocket, noreply } from "../../phoenix/channel";
import type { PatchEnvelope } from "../page/envelope";
import { Page, type PageOutput } from "../page/page";
import type { MusubiSocket } from "../socket";
import type { Store } from "../store";
import type { Telemetry } from "../telemetry";

/** A root that is to be started. */
type RootToStart = {
  readonly store: Store;
  /** As it stands in envelopes; null where the wire has none (the adapter). */
  readonly rootId: string | null;
  readonly params: JsonObject;
  /** What the join left of the connection's socket. */
  readonly socket: MusubiSocket<Assigns>;
  /** As for `PageOptions`. */
  readonly rendersHalted?: boolean;
};

/** What a socket declares for all its pages. */
export type PageSettings = { readonly lens: boolean; readonly telemetry: Telemetry };

/** Something that a page says, on its way through the channel's mailbox: behind the reply that is being made. */
class PageSaid {
  readonly output: PageOutput;

  constructor(output: PageOutput) {
    this.output = output;
  }
}

/** A page that runs within a channel, and ends with it. */
export type RunningPage = {
  readonly page: Page;
  /** Ends the page alone. */
  readonly unmount: () => void;
};

/**
 * Starts a page that speaks through the socket's channel, crashes it, and ends with it, whatever ends that and be it while
 * the page starts. Rejects where the mount or the first render throws.
 */
export async function startPage(
  root: RootToStart,
  { channel }: ChannelSocket,
  { lens, telemetry }: PageSettings,
): Promise<RunningPage> {
  const page = await Page.start({
    ...root,
    lens,
    telemetry,
    emit: (output) => channel.send(new PageSaid(output)),
    // Not at once: what the page had answered before is on its way through promises, and goes out first.
    crashed: (error) => void setImmediate(() => channel.crash(error)),
  });
  const forget = channel.onExit((reason) => page.stop(reason));
  return {
    page,
    unmount: () => {
      forget();
      page.stop({ kind: "left" });
    },
  };
}

/**
 * The `handleInfo` of every channel with pages. Other messages, such as those published on its topic, are not for it.
 * `shape` gives an envelope as the wire has it.
 */
export function pushPageOutput<Own extends Assigns>(
  message: unknown,
  socket: ChannelSocket<Own>,
  shape: (envelope: PatchEnvelope) => JsonObject = asItIs,
): ChannelAnswer<Own> {
  if (message instanceof PageSaid) push(message.output, socket, shape);
  return noreply(socket);
}

/** Before Musubi 0.13 no envelope had `events`; what only newer stores send is added where there is any. */
export function omitEmptyEvents(envelope: PatchEnvelope): JsonObject {
  if (envelope.events.length > 0) return envelope;
  const { events: _none, ...rest } = envelope;
  return rest;
}

function asItIs(envelope: PatchEnvelope): JsonObject {
  return envelope;
}

function push(
  output: PageOutput,
  { channel }: ChannelSocket,
  shape: (envelope: PatchEnvelope) => JsonObject,
): void {
  switch (output.kind) {
    case "envelope":
      channel.push(EVENT.patch, shape(output.envelope));
      break;
    case "lens":
      channel.push(EVENT.assigns, output.message);
      break;
    default:
      assertNever(output);
  }
}
