import { VSN } from "../../../wire/protocol";
import type { Result } from "../../../wire/result";
import type { Message, OutgoingMessage } from "../message";
import { meetsRequirement } from "./version-requirement";

/** One version of the frame format, as a connection negotiated it. */
export type Serializer = {
  readonly vsn: string;
  /** Reads what a client sent. The failure is a sentence for the log. */
  readonly decode: (data: string | Uint8Array) => Result<Message, string>;
  /** The frame that says this. The failure is a sentence: whoever wanted to send that crashes, as in Phoenix. */
  readonly encode: (message: OutgoingMessage) => Result<string | Uint8Array, string>;
};

/** A serializer, and the versions that it serves: a requirement as Phoenix writes it, `~> 2.0.0`. */
export type SerializerEntry = { readonly requirement: string; readonly serializer: Serializer };

/** An absent `vsn` means this one (wire.md 1.1). */
const DEFAULT_VSN = VSN.v1;

/** The first serializer whose requirement the version meets; null refuses the connection. */
export function findSerializer(entries: readonly SerializerEntry[], vsn: unknown): Serializer | null {
  const version = vsn === undefined ? DEFAULT_VSN : vsn;
  if (typeof version !== "string") return null;
  return entries.find(({ requirement }) => meetsRequirement(version, requirement))?.serializer ?? null;
}
