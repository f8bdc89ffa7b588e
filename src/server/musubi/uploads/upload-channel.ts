import { EVENT, TOPIC } from "../../../wire/protocol";
import { entryRefOf } from "../../../wire/upload-channel";
import {
  type Channel,
  type ChannelSocket,
  joined,
  noreply,
  refuseJoin,
  reply,
  stop,
} from "../../phoenix/channel";
import type { Payload } from "../../phoenix/payload";
import { type Route, route } from "../../phoenix/route";
import { assign } from "../../phoenix/socket";
import type { UploadChannelControl, UploadSink } from "../page/upload-hub";
import { findUploadPage } from "./upload-registry";
import { verifyClaims } from "./upload-token";

type SinkAssigns = { readonly sink: UploadSink };

/** What the upload says to its channel's own mailbox. */
const CLOSE = { kind: "musubi upload ended" } as const;

/** Routes `musubi_upload:*` to the channels on which clients bring the bytes of their entries (wire.md 9.4). */
export function uploadRoute(): Route {
  return route(`${TOPIC.uploadPrefix}*`, uploadChannel);
}

/**
 * The channel of one entry: joined with the token of the preflight, it takes pushes `chunk` and answers each. It finds
 * the page by the token; what the bytes mean is the page's affair.
 */
const uploadChannel: Channel<SinkAssigns> = {
  async join(payload, socket) {
    const sink = await findSink(payload, socket);
    if (sink === null) return refuseJoin({ reason: "unauthorized" });
    socket.channel.onExit(({ kind }) => {
      // The channel that takes over brings the same entry from its start: the upload goes on.
      if (kind !== "duplicate_join") sink.closed();
    });
    return joined(assign(socket, { sink }));
  },

  async handleIn(event, payload, socket) {
    if (event !== EVENT.chunk) throw new Error(`An upload's channel takes "chunk", not "${event}".`);
    const { status, response, isLast } = await socket.assigns.sink.chunk(payload);
    return isLast ? stop(socket, { reply: { status, response } }) : reply(socket, status, response);
  },

  handleInfo: (message, socket) => (message === CLOSE ? stop(socket) : noreply(socket)),
};

async function findSink(payload: Payload, socket: ChannelSocket): Promise<UploadSink | null> {
  const { endpoint, topic } = socket;
  const entryRef = entryRefOf(topic);
  const claims = entryRef === null ? null : verifyClaims(endpoint, entryRef, payload);
  const page = claims === null ? null : findUploadPage(endpoint, claims.page);
  if (claims === null || page === null) return null;
  const sink = await page.join(claims.entryRef, payload, controlOf(socket));
  return sink.ok ? sink.value : null;
}

function controlOf({ channel, topic }: ChannelSocket): UploadChannelControl {
  return {
    close: () => channel.send(CLOSE),
    kill: () => channel.crash(new Error(`The upload of ${topic} was cancelled.`)),
  };
}
