import type { RootKey } from "../../bridge/root-key";

/** Where in the panel something can be shown: search, links, the palette and problems all jump in this way. */
export type Place =
  | {
      readonly kind: "store";
      readonly root: RootKey;
      readonly store_id: readonly string[];
      /** The value to be shown, as the store's state names it. */
      readonly path?: string;
    }
  | { readonly kind: "event"; readonly seq: number; readonly in: "frames" | "timeline" }
  | { readonly kind: "channel"; readonly connection: number; readonly topic: string }
  | { readonly kind: "connection"; readonly connection: number }
  | { readonly kind: "compare"; readonly root: RootKey; readonly from: number; readonly to: number };
