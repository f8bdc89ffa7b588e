import { type StoreTree, storeTree } from "../engine/content/store-tree";
import type {
  ChannelDocument,
  CommandDocument,
  ConnectionDocument,
  Inspection,
  RootDocument,
} from "../engine/inspection";
import type { Json } from "../wire/json";

/** How much of a value or a message one line shows. */
const MAX_SHOWN = 160;

/** The inspection document as text for a person: no colours, one thing a line. */
export function formatInspection(document: Inspection): string {
  const { at, connections, commands, events, problems } = document;
  const lines = [
    `At event ${at.seq}, ${at.t} ms`,
    "",
    ...(connections.length === 0 ? ["No connections"] : connections.flatMap(formatConnection)),
    ...section("Commands", commands.map(formatCommand)),
    ...section(
      "Push events",
      events.map((event) => `#${event.seq} ${event.root_id} ${show(event.name)} ${show(event.payload)}`),
    ),
    ...section(
      "Problems",
      problems.map(({ seq, code, message }) => `#${seq} ${code}: ${cut(message)}`),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ["", `${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)];
}

function formatConnection(connection: ConnectionDocument): readonly string[] {
  const { id, endpoint, transport, serializer, status, sockets, channels, roots } = connection;
  return [
    `Connection ${id}: ${cut(endpoint)} (${transport}, serializer ${cut(serializer)}), ${status}, ` +
      `sockets ${sockets.join(" ")}`,
    ...channels.map((channel) => `  ${formatChannel(channel)}`),
    ...roots.flatMap(formatRoot).map((line) => `  ${line}`),
  ];
}

function formatChannel({ topic, kind, state, join_ref }: ChannelDocument): string {
  return `Channel ${cut(topic)}: ${kind}, ${state}, join_ref ${join_ref ?? "none"}`;
}

function formatRoot(root: RootDocument): readonly string[] {
  const { root_id, module, topic, wire, status, epoch, version } = root;
  const tree = storeTree(root.state);
  return [
    `Root ${cut(root_id)} (${cut(module)}) on ${cut(topic)}: ${wire}, ${status}, epoch ${epoch}, version ${version}`,
    ...(tree === null ? [] : formatStore(tree).map((line) => `  ${line}`)),
  ];
}

function formatStore({ store_id, path, value, children }: StoreTree): readonly string[] {
  const fields = Object.entries(value)
    .filter(([, field]) => typeof field !== "object" || field === null)
    .map(([key, field]) => `${key}: ${show(field)}`);
  const head = `${path === "" ? "/" : path} [${store_id.join(", ")}] ${fields.join(", ")}`;
  return [cut(head.trimEnd()), ...children.flatMap(formatStore).map((line) => `  ${line}`)];
}

function formatCommand(command: CommandDocument): string {
  const { seq, root_id, store_id, name, payload, status, reply, rtt_ms, patch_seqs } = command;
  const where = [root_id, store_id].filter((part) => part !== null).map(show);
  const answer = rtt_ms === null ? status : `${status} in ${rtt_ms} ms ${show(reply)}`;
  // Which envelopes a command caused is a guess, and said to be one.
  const envelopes = patch_seqs.length === 0 ? "" : `, probably #${patch_seqs.join(" #")}`;
  return `#${seq} ${show(name)} ${show(payload)} to ${where.join(" ")}: ${answer}${envelopes}`;
}

function show(value: Json): string {
  return cut(typeof value === "string" ? value : JSON.stringify(value));
}

/** Text of a page is shown on one line and within bounds, whatever is in it. */
function cut(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ");
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}...` : line;
}
