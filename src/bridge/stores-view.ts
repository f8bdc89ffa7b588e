import type { Json } from "../wire/json";
import type { RootKey } from "./root-key";
import type { Window } from "./window";

/** Lines of the tree connection > root > stores > other channels, as it is folded. */
export type StoresQuery = {
  readonly kind: "stores";
  /** What a person has folded or unfolded, by `StoreLine.key`; the rest is as the host has it. At most `MAX_FOLDS`. */
  readonly folds: readonly { readonly key: string; readonly open: boolean }[];
  /** Whose line is to be told where it is to be seen: its `key`. */
  readonly chosen: string | null;
  /** Whose line is to be told, with everything around it unfolded: its `key`. */
  readonly reveal: string | null;
  /** The next line whose name begins so, after this one: what a person types to get there. */
  readonly find: { readonly text: string; readonly after: number } | null;
} & Window;

export type StoresView = {
  readonly kind: "stores";
  readonly from: number;
  readonly total: number;
  readonly rows: readonly StoreLine[];
  /** The line of `chosen`; null where it is folded away, or not there. */
  readonly chosen: number | null;
  /** The line that was asked for by `find` or, without it, by `reveal`. */
  readonly revealed: number | null;
  /** What had to be unfolded for `reveal`, the outermost first. */
  readonly around: readonly string[];
};

export type StoreLine = {
  readonly key: string;
  /** From 1 on, as WAI-ARIA counts. */
  readonly level: number;
  readonly position: number;
  readonly size: number;
  /** The line of what it stands under; -1 for an outermost one. */
  readonly parent: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** How many stores stand under it, however deep. */
  readonly inside: number;
  readonly shows:
    | { readonly kind: "connection"; readonly connection: number }
    | { readonly kind: "root"; readonly root: RootKey }
    | { readonly kind: "store"; readonly root: RootKey; readonly store_id: readonly string[] }
    | { readonly kind: "channel"; readonly connection: number; readonly topic: string };
  readonly preview: readonly { readonly key: string; readonly value: string }[];
  readonly badges: Badges;
  /** The last event that changed it; 0 where that is not known. */
  readonly changed_seq: number;
};

export type Badges = {
  /** At most `MAX_STREAM_BADGES`. */
  readonly streams: readonly { readonly name: string; readonly total: number }[];
  readonly loading: number;
  readonly failed: number;
  readonly uploading: number;
  readonly problems: number;
};

export const MAX_FOLDS = 5_000;
export const MAX_STREAM_BADGES = 3;

/** What happened to one store, in the order in which it did: a window of it. */
export type LogQuery = {
  readonly kind: "log";
  readonly what: LogKind;
  readonly root: RootKey;
  readonly store_id: readonly string[];
  /** With payloads, replies and values as they are; without it, each line has only a preview of them. */
  readonly whole: boolean;
} & Window;

/** The commands that were sent to a store, its push events, the revisions that changed it. */
export const LOGS = ["commands", "events", "changes"] as const;
export type LogKind = (typeof LOGS)[number];

export type LogView = {
  readonly kind: "log";
  readonly from: number;
  readonly total: number;
  /** How many of the oldest have been let go. They are counted in `from` and `total`, but no line is theirs. */
  readonly forgotten: number;
  /** Why there is nothing to tell, as a sentence; null: there is. */
  readonly fault: string | null;
} & (
  | { readonly what: "commands"; readonly lines: readonly CommandLine[] }
  | { readonly what: "events"; readonly lines: readonly PushEventLine[] }
  | { readonly what: "changes"; readonly lines: readonly ChangeLine[] }
);

export type CommandLine = {
  readonly seq: number;
  readonly t: number;
  readonly name: string;
  /** Of the payload. */
  readonly preview: string;
  /** `pending`, `ok`, `error`, `lost`, or any other reply status verbatim. */
  readonly status: string;
  readonly rtt_ms: number | null;
  /** The event that answered it, or that ended its channel first. */
  readonly ended_seq: number | null;
  /** What an error reply means, as a sentence; null: it is none, or says enough itself. */
  readonly meaning: string | null;
  /** The envelopes that are attributed to it, and how sure that is. */
  readonly patch_seqs: readonly number[];
  readonly confidence: string | null;
  readonly by: "page" | "devtools";
  readonly body: { readonly payload: Json; readonly reply: Json } | null;
};

/** Its event is the envelope that brought it. */
export type PushEventLine = {
  readonly seq: number;
  readonly t: number;
  readonly name: string;
  readonly preview: string;
  readonly body: { readonly payload: Json } | null;
};

/** A revision of the root that changed the store. */
export type ChangeLine = {
  readonly seq: number;
  readonly t: number;
  readonly epoch: number;
  readonly version: number;
  readonly by: "envelope" | "base" | "mount" | "assigns" | "presence";
  /** The command that it is attributed to. */
  readonly cause: CauseView | null;
  /** Why the server says that it rendered, and the microseconds that it took by step (lens.md). */
  readonly render: { readonly why: string | null; readonly us: UsView | null } | null;
  /** How many steps there are; `more` were not looked for. */
  readonly steps: number;
  readonly more: boolean;
  /** Of the first steps, at most `MAX_STEP_PREVIEWS`. */
  readonly previews: readonly StepPreview[];
  readonly body: { readonly steps: readonly StepView[] } | null;
};

/** A guess: the wire does not say what caused an envelope. */
export type CauseView = { readonly seq: number; readonly name: string; readonly confidence: string | null };

/** Microseconds by step. */
export type UsView = { readonly [step: string]: number };

/** `path` leads from the store; undefined: nothing stood there, or nothing does now. */
export type StepView = {
  readonly what: "field" | "stream" | "upload" | "assign" | "mounted" | "unmounted";
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

export type StepPreview = Pick<StepView, "what" | "path"> & {
  readonly before: string | null;
  readonly after: string | null;
};

export const MAX_STEP_PREVIEWS = 4;
