import { assertNever } from "../../wire/assert-never";
import type { StoreId } from "../inspection";

/**
 * Where the page's own client is known to hold something else than the server said (wire.md 6, 7, 8, 12). Told from
 * frames alone, of the clients that wire.md describes:
 *
 * - `stale_stream`: on the wire of one channel a root the client keeps its stream lists when it mounts a root again by
 *   itself (after a reconnect, a crash, a version gap), and applies the operations of the new mount on top.
 * - `lost_key`: an operation whose path goes through `__proto__` is lost by the client. Inside values the key is kept.
 * - `missed_envelope`: a 0->1 envelope that the client does not await, because it holds a version already or has found
 *   a version gap. It mounts the root again and drops all that comes before that; the state shown here takes it.
 *
 * None of them are, because both sides do the same: envelopes between a version gap and the next 0->1 (both drop them),
 * envelopes that fail, and the one after such a one (both keep the version), frames with an old join_ref (both pass
 * them over), streams of a store that came back under its id (both keep them). Nothing is claimed where frames do not
 * tell: what of a failed patch stays in the client's tree, what a client does after its own time-outs, what it holds of
 * a root between its unmount and the answer, and whatever lies behind a gap in the session.
 */
export type Divergence = {
  readonly from_seq: number;
  /** The event from which on they agree again; null while they do not. */
  readonly to_seq: number | null;
} & (
  | { readonly kind: "stale_stream"; readonly store_id: StoreId; readonly stream: string }
  | { readonly kind: "lost_key"; readonly path: string }
  | { readonly kind: "missed_envelope" }
);

/** Divergences of one root that are remembered; of more, the oldest that have ended go, else the newest are left out. */
export const MAX_DIVERGENCES = 1000;

/** A divergence while it lasts. */
export type OpenDivergence = Divergence & { to_seq: number | null };

/** Adds a divergence. Returns whether there was room. */
export function addDivergence(divergences: Divergence[], divergence: OpenDivergence): boolean {
  if (divergences.length >= MAX_DIVERGENCES) {
    const ended = divergences.findIndex(({ to_seq }) => to_seq !== null);
    if (ended === -1) return false;
    divergences.splice(ended, 1);
  }
  divergences.push(divergence);
  return true;
}

/** The divergence as a sentence for a person. */
export function describeDivergence(divergence: Divergence): string {
  const { from_seq, to_seq } = divergence;
  const span = to_seq === null ? `since event ${from_seq}` : `from event ${from_seq} to ${to_seq}`;
  switch (divergence.kind) {
    case "stale_stream": {
      const { stream, store_id } = divergence;
      const owner = store_id.length === 0 ? "the root" : `store ${store_id.join("/")}`;
      return (
        `The page holds other items in the stream ${stream} of ${owner} ${span}: its client kept the list ` +
        "when it mounted the root again, and the server did not reset it."
      );
    }
    case "lost_key":
      return `The page does not have ${divergence.path} ${span}: its client loses operations whose path goes through __proto__.`;
    case "missed_envelope":
      return (
        `The page holds an older state ${span}: the server sent the root from the beginning without the client ` +
        "having asked for it, and the client drops what comes until it has mounted the root again."
      );
    default:
      return assertNever(divergence);
  }
}
