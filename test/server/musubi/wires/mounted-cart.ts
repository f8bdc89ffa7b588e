import { expect } from "vitest";
import { errorReply, okReply } from "./channel-replies";
import { CART, client, OWN_TOPIC } from "./served-cart";

// A cart on a channel of its own, joined as "4", as in wire.md 5.

export const MOUNT = { ...CART, params: { user: "u9" } };

/** Mounts the cart and takes what that is answered with. */
export async function mount(): Promise<void> {
  client.send(["4", "4", OWN_TOPIC, "phx_join", MOUNT]);
  await client.take(2);
}

export function command(ref: string, name: unknown, fields: object = {}): void {
  client.send(["4", ref, OWN_TOPIC, "command", { store_id: [], name, payload: {}, ...fields }]);
}

export const ok = (ref: string, response: unknown = {}) => okReply(OWN_TOPIC, "4", ref, response);
export const refused = (ref: string, reason: string) => errorReply(OWN_TOPIC, "4", ref, reason);
export const patch = (version: number) => [
  "4",
  null,
  OWN_TOPIC,
  "patch",
  expect.objectContaining({ version }),
];
