import fc from "fast-check";
import type { Json, JsonObject } from "../../src/wire/json";
import { anyBinary } from "./hostile-binary";
import { anyJson, anyName, nearly, odd } from "./hostile-json";
import {
  assignsMessage,
  baseStreams,
  baseUploads,
  envelopeParts,
  presenceMessage,
  wholeState,
} from "./hostile-messages";
import { createScene, OWN, type Scene } from "./hostile-scene";

const TOPICS = ["musubi:connection", OWN, "musubi:x", "room", "__proto__", "musubi_upload:u", "phoenix"];

type Step = (scene: Scene) => void;

const root = fc.constantFrom(["musubi:connection", "a"], [OWN, "A:a"], ["musubi:connection", "__proto__"]);
const topic = fc.constantFrom(...TOPICS);
const event = fc.constantFrom(
  ...["phx_join", "phx_leave", "phx_reply", "phx_close", "phx_error", "mount", "unmount", "command", "patch"],
  ...["presence_state", "presence_diff", "devtools:assigns", "allow_upload", "chunk", "toString"],
);
const ref = fc.constantFrom<Json[]>(null, "1", "11", "12", "__proto__", 3);
const status = fc.constantFrom<Json[]>("ok", "error", "toString", 1);
const socket = fc.constantFrom<Json[]>(1, 2, 3, 9, 2 ** 40);

const base = nearly({
  type: fc.constant("base"),
  socket: fc.constantFrom<Json[]>(1, 2, 3),
  topic,
  join_ref: ref,
  root_id: fc.constantFrom("a", "A:a", "__proto__"),
  ...{ module: anyName, id: anyName, params: anyJson },
  wire: fc.constantFrom("multiplexed", "per_root", "adapter"),
  status: fc.constantFrom("mounting", "mounted", "refused", "unmounted", "lost"),
  epoch: fc.constantFrom(0, 1, 5),
  version: fc.constantFrom(0, 1, 2),
  state: fc.oneof(wholeState, anyJson),
  streams: fc.oneof(anyJson, baseStreams),
  uploads: fc.oneof(anyJson, baseUploads),
});
const other: fc.Arbitrary<JsonObject> = fc.oneof(
  base,
  nearly({ type: fc.constant("base"), socket, topic, join_ref: ref, presence: anyJson }),
  nearly({
    type: fc.constant("socket"),
    socket,
    url: fc.constantFrom("ws://x/websocket?vsn=2.0.0", "ws://x/websocket", "?vsn=9&__proto__=%zz", "#"),
    transport: fc.constantFrom("websocket", "longpoll"),
    protocols: fc.oneof(anyJson, fc.constant<Json>(["base64url.bearer.phx.AA"])),
  }),
  nearly({ type: fc.constantFrom("open", "error"), socket }),
  nearly({
    type: fc.constant("close"),
    socket,
    code: fc.constantFrom(1000, 1006, 0),
    reason: anyName,
    clean: fc.boolean(),
  }),
  nearly({
    type: fc.constant("page"),
    phase: fc.constantFrom("load", "hide", "unload"),
    url: anyName,
  }),
  nearly({
    type: fc.constant("gap"),
    socket,
    events: odd,
    bytes: odd,
    why: anyName,
  }),
  nearly({
    type: fc.constantFrom("mark", "toString", "__proto__"),
    t: odd,
    text: anyName,
  }),
  nearly({ type: fc.constantFrom("in", "out"), socket, base64: anyBinary }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.tuple(root, envelopeParts, fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, -1)).map(
      ([[where = "", id = ""], parts, skew]): Step =>
        (scene) =>
          scene.patch(where, id, parts, skew),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(root, wholeState).map(
      ([[where = "", id = ""], state]): Step =>
        (scene) =>
          scene.mount(where, id, state),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(topic, event, anyJson, status, anyJson).map(
      (elements): Step =>
        (scene) =>
          scene.exchange(...elements),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom("room", "__proto__"), presenceMessage).map(
      ([where, [name, payload]]): Step =>
        (scene) =>
          scene.push(where, name, payload),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(topic, assignsMessage).map(
      ([where, payload]): Step =>
        (scene) =>
          scene.push(where, "devtools:assigns", payload),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("in", "out"), fc.constantFrom(1, 2, 3), ref, ref, topic, event, anyJson)
      .map(
        ([way, where, ...elements]): Step =>
          (scene) =>
            scene.frame(way, where, elements),
      ),
  },
  {
    weight: 4,
    arbitrary: other.map(
      (one): Step =>
        (scene) =>
          scene.add(one),
    ),
  },
);

/** The lines of sessions in which much fits, and everything is as odd as it can be. */
export const hostileSessions = fc
  .array(step, { maxLength: 30, size: "max" })
  .map((steps): readonly string[] => {
    const scene = createScene();
    for (const [at, url] of [
      "ws://x/websocket?vsn=2.0.0",
      "ws://x/websocket",
      "http://x/longpoll?vsn=2.0.0",
    ].entries()) {
      scene.add({ type: "socket", socket: at + 1, url, transport: at === 2 ? "longpoll" : "websocket" });
      scene.add({ type: "open", socket: at + 1 });
    }
    for (const where of TOPICS) if (where !== OWN) scene.exchange(where, "phx_join", {}, "ok", {});
    scene.mount("musubi:connection", "a", { __musubi_store_id__: [], a: 1, rows: [], items: null });
    for (const one of steps) one(scene);
    return scene.lines;
  });
