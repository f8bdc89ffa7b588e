import type { Json } from "../../wire/json";

/** Told what an operation takes out of the tree, right before it does, and what it has put in, right after. */
export type PatchObserver = {
  readonly changing: (root: Json, tokens: readonly string[], leaving: Json | undefined) => void;
  readonly changed: (root: Json, tokens: readonly string[], entered: Json | undefined) => void;
};
