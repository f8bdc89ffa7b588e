import type { JsonObject } from "../../../wire/json";
import type { Awaitable } from "../../awaitable";
import type { Assigns } from "../../phoenix/assigns";
import type { MusubiSocket } from "../socket";
import type { SocketAnswer } from "../socket-answer";
import type { PageSettings } from "./page-channel";
import type { Roots } from "./root-mount";

/**
 * Whether a client may join, and with what assigns. `params` is the payload of the join: of the one connection channel
 * (`multiplexed`), or of each root, every time it is joined (wire.md 14).
 */
export type HandleJoin = (params: JsonObject, socket: MusubiSocket<Assigns>) => Awaitable<SocketAnswer>;

/** What a socket's declaration makes of its channels, whichever wire they speak. */
export type ChannelSettings = PageSettings & { readonly roots: Roots; readonly handleJoin: HandleJoin };
