import fc from "fast-check";
import type { SessionEvent } from "../../src/session/event";
import type { Json } from "../../src/wire/json";
import { incoming, out } from "./frames";

const WORDS = [
  "phx_join",
  "phx_leave",
  "phx_reply",
  "phx_close",
  "phx_error",
  "mount",
  "unmount",
  "command",
  "patch",
];
const TOPICS = [
  "musubi:connection",
  "musubi:x",
  "musubi:connection:A:a",
  "room",
  "phoenix",
  "musubi_upload:u",
  "__proto__",
];

const ref = fc.constantFrom(null, "1", "2", "3");
const envelope = fc.record(
  {
    type: fc.constant("patch"),
    root_id: fc.constantFrom<Json[]>("a", "A:a", "__proto__", 7),
    base_version: fc.constantFrom<Json[]>(0, 1, 2, -1),
    version: fc.constantFrom<Json[]>(1, 2, 3, null),
    ops: fc.oneof(
      fc.constant([{ op: "replace", path: "", value: { __musubi_store_id__: [], n: 0 } }]),
      fc.array(
        fc.record({
          op: fc.constantFrom("add", "remove"),
          path: fc.constantFrom("/n", "/__proto__", "x"),
          value: fc.constant(1),
        }),
      ),
    ),
    stream_ops: fc.constantFrom<Json[]>([], [{ op: "insert" }], {}),
    events: fc.constantFrom<Json[]>([], [null]),
  },
  { requiredKeys: [] },
);
const payload: fc.Arbitrary<Json> = fc.oneof(
  envelope.map((value): Json => JSON.parse(JSON.stringify(value))),
  fc.record({
    module: fc.constantFrom<Json[]>("A", 5),
    id: fc.constantFrom<Json[]>("a", "", null),
    root_id: fc.constant("a"),
  }),
  fc.record({
    status: fc.constantFrom("ok", "error"),
    response: fc.constantFrom<Json[]>({}, { root_id: "a" }, null),
  }),
  fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value))),
);
const frameEvent = fc
  .tuple(
    fc.constantFrom(out, incoming),
    fc.constantFrom(1, 2, 9),
    ref,
    ref,
    fc.constantFrom(...TOPICS),
    fc.constantFrom(...WORDS),
    payload,
  )
  .map(
    ([way, socket, join_ref, own, topic, event, body]): SessionEvent =>
      way(socket, join_ref, own, topic, event, body),
  );
const otherEvent = fc.constantFrom<SessionEvent[]>(
  { type: "socket", t: 1, socket: 2, url: "x", transport: "longpoll" },
  { type: "open", t: 1, socket: 2 },
  { type: "close", t: 1, socket: 2, code: 1006, reason: "", clean: false },
  { type: "page", t: -5, phase: "load", url: "" },
  { type: "in", t: 1, socket: 1, text: '{"__proto__":1}' },
  { type: "out", t: 1, socket: 1, base64: "AP//" },
  { type: "unknown", t: 1, raw: {} },
);
/** Up to 40 events, most of them frames, few of which make sense. */
export const garbage: fc.Arbitrary<readonly SessionEvent[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: frameEvent }, { weight: 1, arbitrary: otherEvent }),
  { maxLength: 40 },
);
