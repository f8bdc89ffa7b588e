import type { ChannelView, ConnectionView, RootView, Row } from "../../bridge/view";
import type { AsyncStatus } from "../model/json-marker";
import type { LinkStatus } from "../model/link";

/**
 * Words that the panel itself says; those about the capture are in `capture-text.ts` and `diagnosis-text.ts`. What a page
 * or a server said is in none of them.
 */
export const TEXT = {
  views: "Views",
  link: {
    connecting: "Connecting…",
    attached: "",
    reconnecting: "Reconnecting to the extension…",
    orphaned: "",
  } satisfies Record<LinkStatus, string>,
  count: formatCount,
  resize: "Resize the panes",

  tree: "Connections, roots and stores",
  connectionStatus: {
    connecting: "connecting",
    connected: "connected",
    reconnecting: "reconnecting",
    closed: "closed",
  } satisfies Record<ConnectionView["status"], string>,
  rootStatus: {
    mounting: "mounting",
    mounted: "mounted",
    refused: "refused",
    unmounted: "unmounted",
    lost: "lost",
  } satisfies Record<RootView["status"], string>,
  channelState: {
    joining: "joining",
    joined: "joined",
    refused: "refused",
    errored: "errored",
    leaving: "leaving",
    closed: "closed",
  } satisfies Record<ChannelView["state"], string>,
  channelKind: {
    connection: "Musubi connection",
    root: "Musubi root",
    upload: "Musubi upload",
    plain: "Phoenix channel",
  } satisfies Record<ChannelView["kind"], string>,
  mountedTimes: (times: number) => `mounted ${times} times`,
  wire: {
    multiplexed: "multiplexed",
    per_root: "one channel a root",
    adapter: "adapter",
  } satisfies Record<RootView["wire"], string>,
  transport: { websocket: "WebSocket", longpoll: "long poll" } satisfies Record<
    ConnectionView["transport"],
    string
  >,
  iframe: "iframe",
  iframeAt: (url: string) => `In the iframe ${url}`,
  version: (version: number) => `v${version}`,

  fields: {
    endpoint: "Endpoint",
    transport: "Transport",
    serializer: "Serializer",
    frame: "Frame",
    topFrame: "top frame",
    topic: "Topic",
    kind: "Kind",
    rootId: "Root",
    storeId: "Store",
    wire: "Wire",
    ref: "Ref",
    joinRef: "Join ref",
    socket: "Socket",
    size: "Size",
    by: "Sent by",
    lastChange: "Last change",
    kept: "Skipped",
  },
  byDevtools: "DevTools",
  noConnection: "No connection was captured of this page.",
  pickStore: "Choose a root or a store on the left to see its state.",
  loadingStore: "Loading the store's state…",
  refused: "The server refused to mount this root. Its reply, under Frames, says why.",
  noStateYet: "This root has no state yet: its first envelope has not come.",
  storeGone: "This store is not in the tree now. If the server renders it again, its state comes back here.",
  state: "State",
  mountParams: "Mount parameters",
  changedBy: "by command",
  guess:
    "A best guess: the wire does not say which command caused an envelope. This one is the first after the command's reply.",
  kept: (streamOps: number, uploadOps: number) =>
    [
      streamOps > 0 ? plural(streamOps, "malformed stream operation") : "",
      uploadOps > 0 ? plural(uploadOps, "malformed upload operation") : "",
    ]
      .filter((part) => part !== "")
      .join(", "),
  keptWhy:
    "These operations could not be read, so what they say is missing here. Problems says where they came.",
  copyValue: "Copy value",
  copyPath: "Copy path",
  copyRaw: "Copy raw text",
  copied: "Copied",
  notCopied: "The browser did not allow copying",

  asyncStatus: { loading: "loading", ok: "ok", failed: "failed" } satisfies Record<AsyncStatus, string>,
  async: "async",
  stream: (name: string) => `stream ${name}`,
  upload: (name: string) => `upload ${name}`,
  streamOf: (total: number) => `stream of ${formatCount(total)}`,
  uploadOf: (files: number) => (files === 0 ? "upload, no files" : `upload, ${plural(files, "file")}`),
  slotName: "The name under which the store holds it",
  progress: (percent: number) => `${Math.round(percent)}%`,
  unsent: (count: number) => `… ${formatCount(count)} more, which are too many to list`,
  storeLink: "Show this store",
  rootStore: "root store",
  showAll: (length: number) => `show all ${formatCount(length)} characters`,
  showLess: "show less",
  showMore: (count: number) => `show more (${formatCount(count)} not listed)`,
  items: (count: number) => plural(count, "item"),
  keys: (count: number) => plural(count, "key"),

  frameList: "Frames and other events",
  filter: "Filter by topic, event or text",
  heartbeats: "Heartbeats",
  follow: "Follow",
  followWhy: "Stay at the newest row",
  shownRows: (rows: number, events: number) =>
    rows === events ? plural(rows, "row") : `${formatCount(rows)} of ${formatCount(events)}`,
  columns: {
    time: "Time",
    direction: "Direction",
    topic: "Topic",
    event: "Event",
    ref: "Ref",
    size: "Size",
    summary: "Summary",
  },
  rowType: {
    socket: "socket created",
    open: "socket opened",
    out: "sent",
    in: "received",
    error: "socket error",
    close: "socket closed",
    page: "page",
    gap: "gap",
    base: "base",
    mark: "mark",
    unknown: "unknown event",
    broken: "unreadable event",
  } satisfies Record<Row["type"], string>,
  noRows: "Nothing has happened yet.",
  noMatch: "No event matches the filter.",
  hiddenHeartbeats: "Everything so far is heartbeats, which are hidden.",
  loadingRow: "Loading…",
  close: "Close the details",
  details: "Details of the chosen event",
  payload: "Payload",
  raw: "Raw",
  noPayload: "This event has no decoded payload. Its text is under Raw.",
  answeredBy: (ms: string) => `Answered after ${ms} by`,
  answers: (ms: string) => `Answers, after ${ms},`,
  rawCut: (shown: number, length: number) =>
    `Cut: the first ${formatCount(shown)} of ${formatCount(length)} characters.`,
  noEvent: "This event is not in the session any more.",

  problemList: "Problems",
  noProblems: "Nothing has gone wrong so far.",
} as const;

function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${formatCount(count)} ${noun}s`;
}
