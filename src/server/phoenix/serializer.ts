import type { Frame } from "../../wire/frame";
import { VSN } from "../../wire/protocol";
import type { Result } from "../../wire/result";

/** One version of the frame format, as a connection negotiated it. */
export type Serializer = {
  readonly vsn: string;
  /** Reads what a client sent. The failure is a sentence for the log. */
  readonly decode: (data: string | Uint8Array) => Result<Frame, string>;
  readonly encode: (frame: Frame) => string | Uint8Array;
};

/** A version requirement as Phoenix writes it (`~> 2.0.0`), and the serializer that meets it. */
export type SerializerEntry = { readonly requirement: RegExp; readonly serializer: Serializer };

/** An absent `vsn` means this one (wire.md 1.1). */
const DEFAULT_VSN = VSN.v1;

/** The first serializer whose requirement the version meets; null refuses the connection. */
export function findSerializer(entries: readonly SerializerEntry[], vsn: unknown): Serializer | null {
  const version = vsn === undefined ? DEFAULT_VSN : vsn;
  if (typeof version !== "string") return null;
  return entries.find(({ requirement }) => requirement.test(version))?.serializer ?? null;
}
