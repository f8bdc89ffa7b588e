import type { StoreId } from "../inspection";
import type { Refused } from "./answer";
import type { NamedRoot } from "./named-root";
import type { RootName } from "./question";

/** What was there after event `seq` has been let go. */
export function truncated(seq: number): Refused {
  return {
    kind: "refused",
    reason: "truncated",
    message: `So much has happened since event ${seq} that what was there then has been let go.`,
  };
}

/** A store, stream or upload was not there after event `seq`. */
export function nothingThere(seq: number): Refused {
  return {
    kind: "refused",
    reason: "nothing_there",
    message: `Nothing of that name was there at event ${seq}.`,
  };
}

/** No store has ever had that id. */
export function noSuchStore(store_id: StoreId): Refused {
  return {
    kind: "refused",
    reason: "nothing_there",
    message: `No store of that root has ever had the id ${JSON.stringify(store_id).slice(0, MAX_SHOWN)}.`,
  };
}

/** A page decides how long an id is. */
const MAX_SHOWN = 200;

/** A version that is asked for may have been let go. */
export function versionsTruncated(): Refused {
  const message = "So much has happened since one of these versions that it has been let go.";
  return { kind: "refused", reason: "truncated", message };
}

/** The root never held one of the versions. */
export function noSuchVersion(): Refused {
  const message = "The root has never held one of these versions; versions count anew with each epoch.";
  return { kind: "refused", reason: "nothing_there", message };
}

/** The session has no event of that number. */
export function noSuchEvent(seq: number, events: number): Refused {
  return {
    kind: "refused",
    reason: "no_such_event",
    message: `There is no event ${seq}; the session has ${events}.`,
  };
}

/** A range ends before it begins. */
export function backwards(from_seq: number, to_seq: number): Refused {
  return {
    kind: "refused",
    reason: "bad_question",
    message: `Event ${from_seq}, from which on something is asked for, comes after event ${to_seq}, up to which it is.`,
  };
}

/** Roots that a refusal lists. */
const MAX_LISTED_ROOTS = 10;

/** No root has that name. @param found the roots that there are */
export function noSuchRoot({ root_id }: RootName, found: Iterable<NamedRoot>): Refused {
  const ids = [...found].map(({ root }) => root.root_id);
  const more = ids.length > MAX_LISTED_ROOTS ? ", ..." : "";
  const others =
    ids.length === 0
      ? "There is none at all."
      : `There is ${ids.slice(0, MAX_LISTED_ROOTS).join(", ")}${more}.`;
  return { kind: "refused", reason: "no_such_root", message: `There is no root ${root_id}. ${others}` };
}
