import { isJsonObject, type Json, ownField } from "./json";
import { REPLY_STATUS } from "./protocol";
import { readReply } from "./reply";

/**
 * The reasons with which Musubi and Phoenix themselves refuse a push (wire.md 11), and what each means. An app's own
 * reasons are not among them: what they mean, only the app knows.
 */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ["missing required field", "A field that the message needs is absent or empty."],
  ["missing root id", "The mount names no id."],
  ["params must be a map", "Mount parameters have to be an object."],
  ["root already mounted", "A root of this id is mounted on the connection already."],
  ["already_mounted", "This root is mounted on the connection already."],
  ["unknown root", "No such root is mounted, or the server's socket does not declare its module."],
  ["declared store is not a root store", "Only a root store can be mounted by a page."],
  ["unknown store", "No store of the root has this id; it may have gone before the message came."],
  ["unknown command", "The store declares no command of this name."],
  ["unknown upload", "The store declares no upload of this name."],
  ["unauthorized", "The server does not let this page in."],
  ["missing Musubi socket", "The server's endpoint is not set up for Musubi."],
  ["missing Musubi connection socket", "The server's endpoint is not set up for Musubi."],
  ["internal error", "The server's log says more."],
  ["join crashed", "The server's code failed while the channel was being joined; its log says more."],
  ["unmatched topic", "The server has no channel for this topic, or the page has not joined it."],
  ["too many channels joined", "The server limits the channels of one socket."],
]);

/** Why a server refused a push, in its own word, and what that means. */
export type Refusal = { readonly reason: string; readonly meaning: string };

/** The refusal in the payload of a reply; null where it is none, or one in the app's own words. */
export function readRefusal(payload: Json): Refusal | null {
  const reply = readReply(payload);
  if (reply?.status !== REPLY_STATUS.error || !isJsonObject(reply.response)) return null;
  const reason = ownField(reply.response, "reason");
  const meaning = typeof reason === "string" ? MEANINGS.get(reason) : undefined;
  return typeof reason === "string" && meaning !== undefined ? { reason, meaning } : null;
}
