import type { View } from "../bridge/view";
import type { Scene } from "./scene";

/** Gives the view that answers one query now; null: what the query depends on has not changed since the last call. */
export type Answerer = (scene: Scene) => View | null;
