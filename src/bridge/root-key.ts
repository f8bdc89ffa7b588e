import { isCount, isObject } from "./guard";

/** Names one root in a session: two connections may each have a root of the same id. */
export type RootKey = {
  readonly connection: number;
  readonly topic: string;
  readonly root_id: string;
};

export function isRootKey(value: unknown): value is RootKey {
  return (
    isObject(value) &&
    isCount(value.connection) &&
    typeof value.topic === "string" &&
    typeof value.root_id === "string"
  );
}
