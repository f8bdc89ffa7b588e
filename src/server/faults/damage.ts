import { isEnvelope } from "../../wire/envelope";
import { isJsonObject } from "../../wire/json";
import { EVENT } from "../../wire/protocol";
import { utf8Length } from "../../wire/utf8-length";
import { pickBelow, type Random } from "./random";
import { encodeForClient, readWireFrame, type WireFrame } from "./read-frame";

/** What one message of a transport carries. */
export type WireData = string | Uint8Array;

/** Nothing that holds it is JSON, whether it stands in a string or outside. */
const NUL = "\u0000";
/** What pads an envelope. Clients take no notice of fields that they don't know. */
const PADDING = "padding";

/** The data with up to `length` characters or bytes spoilt, at random places. */
export function corruptData(data: WireData, length: number, random: Random): WireData {
  let spoilt = data;
  for (let n = 0; n < length && data.length > 0; n += 1) {
    const at = pickBelow(random, data.length);
    spoilt = typeof spoilt === "string" ? spoilCharacter(spoilt, at) : spoilByte(spoilt, at, data, random);
  }
  return spoilt;
}

function spoilCharacter(text: string, at: number): string {
  return text.slice(0, at) + NUL + text.slice(at + 1);
}

// Always another byte than the one of the whole frame: twice in one place would mend it.
function spoilByte(bytes: Uint8Array, at: number, whole: WireData, random: Random): Uint8Array {
  const spoilt = Uint8Array.from(bytes);
  spoilt[at] = Number(whole[at]) ^ (1 + pickBelow(random, 255));
  return spoilt;
}

/** The beginning of the data: `length` characters or bytes of it, or as many as chance has it, but never all. */
export function truncateData(data: WireData, length: number | undefined, random: Random): WireData {
  return data.slice(0, length ?? pickBelow(random, data.length));
}

/** Whether the frame brings a patch envelope, of this root where one is named (wire.md 7). */
export function isEnvelopeOf(root: string | undefined, { frame }: WireFrame): boolean {
  if (frame.event !== EVENT.patch || !isEnvelope(frame.payload)) return false;
  return root === undefined || frame.payload.root_id === root;
}

/** The frame padded to `length` bytes, and still an envelope. As it was where it is longer, or no text frame any more. */
export function padEnvelope(data: WireData, length: number): WireData {
  const read = typeof data === "string" ? readWireFrame(data, "in") : null;
  if (read === null || !isJsonObject(read.frame.payload)) return data;
  const { payload } = read.frame;
  const encode = (padding: string) =>
    encodeForClient({ ...read, frame: { ...read.frame, payload: { ...payload, [PADDING]: padding } } });
  const missing = length - utf8Length(encode(""));
  return missing < 0 ? data : encode(" ".repeat(missing));
}

/** The reply that refuses the join or mount in `join`. */
export function refusalOf({ vsn, frame }: WireFrame, reason: string): string {
  const payload = { status: "error", response: { reason } };
  return encodeForClient({ vsn, frame: { ...frame, event: EVENT.reply, payload } });
}
