import type { MusubiSocket } from "../../../../../src/server/musubi/socket";

/** The user whom `handleConnect` assigned, and every root inherits. */
export function currentUser({ assigns }: MusubiSocket): string {
  const user: unknown = Reflect.get(assigns, "current_user");
  if (typeof user !== "string") throw new Error("The connection has no current_user.");
  return user;
}
