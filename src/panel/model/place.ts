import type { LineSubject } from "../../bridge/line-key";
import type { RootKey } from "../../bridge/root-key";
import type { HistorySubject } from "./value-history";

/** Where in the panel something can be shown: search, links, the palette and problems all jump in this way. */
export type Place =
  | {
      readonly kind: "store";
      readonly root: RootKey;
      readonly store_id: readonly string[];
      /** The value to be shown, as what the store holds on that side names it. */
      readonly path?: string;
      /** On which side the value is; its state where that is not said. */
      readonly within?: HistorySubject["within"];
    }
  | { readonly kind: "event"; readonly seq: number; readonly in: "frames" | "timeline" }
  | { readonly kind: "channel"; readonly connection: number; readonly topic: string }
  | { readonly kind: "connection"; readonly connection: number }
  | { readonly kind: "compare"; readonly root: RootKey; readonly from: number; readonly to: number }
  | { readonly kind: "problems"; readonly of: LineSubject };
