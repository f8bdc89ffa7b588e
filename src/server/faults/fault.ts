import type { EVENT } from "../../wire/protocol";
import type { FrameMatch } from "./frame-match";

/** What starts a fault that is not about single frames; without it the fault starts at once. It starts once. */
export type FaultStart = Omit<FrameMatch, "count">;

/** Which envelopes, from the server to the client. */
export type EnvelopeMatch = Omit<FrameMatch, "direction" | "event">;

/** Which pushes, from the client to the server. */
export type PushMatch = Omit<FrameMatch, "direction">;

/** A join, or where roots are mounted over a shared channel (wire.md 4) a mount. A join where it is not said. */
export type JoinMatch = EnvelopeMatch & { readonly event?: typeof EVENT.join | typeof EVENT.mount };

/**
 * Damage that is done to a connection on purpose. This is also its JSON form, which `readFault` checks.
 *
 * Directions are seen from the client: `out` is what it sends, `in` what it gets. A fault that has `match` waits for
 * frames that match; how many it acts on is `match.count`, by default the number in the last column. What has a `start`
 * waits for the first such frame, which is lost with the link, or is the first that a stall holds.
 *
 * | kind | does | acts on |
 * |---|---|---|
 * | `drop` | ends the transport with `code`; 1006 breaks it as a network would | once |
 * | `stall` | nothing of `direction` (both where absent) goes on, for `ms` or until cleared; then all goes on in order | once |
 * | `half_open` | the server neither reads nor writes, for `ms` or until cleared; frames of this time are lost | once |
 * | `crash_store` | crashes the channels on `topic`, as an exception in a store does: `phx_error` | once |
 * | `delay` | frames take `ms` and up to `jitter` ms longer; in order, unless `reorder` | every |
 * | `duplicate` | `copies` more of the frame (1) | 1 |
 * | `reorder` | keeps `size` frames (2), at most `ms` (1,000), then sends them in another order | `size` |
 * | `corrupt` | spoils `length` characters or bytes (1) at random places, so that a text frame is no JSON | 1 |
 * | `truncate` | cuts the frame after `length` characters or bytes, or at a random place | 1 |
 * | `skip_version` | loses a patch envelope, of `root` where it is named | 1 |
 * | `refuse_join` | answers a join itself, with `{"reason": reason}` | 1 |
 * | `never_answer` | loses the replies to the pushes | every |
 * | `oversize` | pads a patch envelope to `length` bytes with a field that no client reads | 1 |
 */
export type Fault =
  | { readonly kind: "drop"; readonly code: number; readonly start?: FaultStart }
  | {
      readonly kind: "stall";
      readonly direction?: "in" | "out";
      readonly ms?: number;
      readonly start?: FaultStart;
    }
  | { readonly kind: "half_open"; readonly ms?: number; readonly start?: FaultStart }
  /** The topic is a pattern. Without it: that of the frame that starts it, or else all of Musubi's. */
  | { readonly kind: "crash_store"; readonly topic?: string; readonly start?: FaultStart }
  | FrameFault;

/** A fault that acts on single frames. */
export type FrameFault =
  | {
      readonly kind: "delay";
      readonly ms: number;
      readonly jitter?: number;
      readonly reorder?: boolean;
      readonly match?: FrameMatch;
    }
  | { readonly kind: "duplicate"; readonly copies?: number; readonly match?: FrameMatch }
  | { readonly kind: "reorder"; readonly size?: number; readonly ms?: number; readonly match?: FrameMatch }
  | { readonly kind: "corrupt"; readonly length?: number; readonly match?: FrameMatch }
  | { readonly kind: "truncate"; readonly length?: number; readonly match?: FrameMatch }
  | { readonly kind: "skip_version"; readonly root?: string; readonly match?: EnvelopeMatch }
  | { readonly kind: "refuse_join"; readonly reason?: string; readonly match?: JoinMatch }
  | { readonly kind: "never_answer"; readonly match?: PushMatch }
  | {
      readonly kind: "oversize";
      readonly length: number;
      readonly root?: string;
      readonly match?: EnvelopeMatch;
    };

/** A fault that acts on the connection as a whole. */
export type LinkFault = Exclude<Fault, FrameFault>;

export function isLinkFault(fault: Fault): fault is LinkFault {
  const { kind } = fault;
  return kind === "drop" || kind === "stall" || kind === "half_open" || kind === "crash_store";
}

/** The code that stands for a broken network: it is never sent, the client makes it up (RFC 6455, 7.1.5). */
export const BROKEN = 1006;

/** How many frames a `reorder` keeps where it says nothing. */
export const REORDER_SIZE = 2;
/** How long a `reorder` waits for them, in ms. */
export const REORDER_MS = 1_000;
/** Why a join is refused where a `refuse_join` says nothing. */
export const REFUSAL = "refused";
