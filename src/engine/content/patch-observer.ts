import type { Json } from "../../wire/json";
import type { ReadPointer } from "../../wire/json-pointer";

/** Told what an operation takes out of the tree, right before it does, and what it has put in, right after. */
export type PatchObserver = {
  readonly changing: (root: Json, at: ReadPointer, leaving: Json | undefined) => void;
  readonly changed: (root: Json, at: ReadPointer, entered: Json | undefined) => void;
};
