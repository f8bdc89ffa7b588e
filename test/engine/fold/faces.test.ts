import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/engine/engine";
import { folded } from "../../support/folding";
import { close, envelope, frames, incoming, open, out, reply, socket } from "../../support/frames";

const TOPIC = "musubi:connection";

/** A root whose second envelope has an operation that is none; a second transport mounts it again. */
const SESSION = [
  ...frames`> join < ok > mount Shop.Cart c1 < ok < v1 {n: 0}`,
  incoming(1, "1", null, TOPIC, "patch", envelope(2, [], { root_id: "c1", stream_ops: [{ op: "odd" }] })),
  close(1),
  socket(2),
  open(2),
  out(2, "5", "5", TOPIC, "phx_join", {}),
  reply(2, "5", "5", TOPIC),
  out(2, "5", "6", TOPIC, "mount", { module: "Shop.Cart", id: "c1", params: { a: 1 } }),
  reply(2, "5", "6", TOPIC, "ok", { root_id: "c1" }),
].map((event, t) => ({ ...event, t }));

function facesAt(seq: number, engine: Engine = folded(SESSION)) {
  const faces = engine.facesAt(seq);
  return faces === "truncated" ? [] : faces;
}

describe("the faces of a session", () => {
  it("are those of what was there", () => {
    expect(facesAt(0)).toEqual([]);
    expect(facesAt(1)).toMatchObject([{ id: 1, status: "connecting", channels: [], roots: [] }]);
    expect(facesAt(3)).toMatchObject([{ channels: [{ topic: TOPIC, state: "joining" }], roots: [] }]);
    expect(facesAt(6)).toMatchObject([
      {
        status: "connected",
        roots: [{ root_id: "c1", status: "mounting", version: 0, last_envelope: null }],
      },
    ]);
  });

  it("are as they were, whatever came later", () => {
    const [none, one] = [
      { stream_ops: 0, upload_ops: 0 },
      { stream_ops: 1, upload_ops: 0 },
    ];
    const root = { status: "mounted", epoch: 1, params: {} };
    expect(facesAt(7)).toMatchObject([
      { sockets: [1], roots: [{ ...root, version: 1, kept: none, last_envelope: { seq: 7 } }] },
    ]);
    expect(facesAt(8)).toMatchObject([
      { sockets: [1], roots: [{ ...root, version: 2, kept: one, last_envelope: { seq: 8 } }] },
    ]);
    expect(facesAt(9)).toMatchObject([{ status: "reconnecting", roots: [{ status: "lost", version: 2 }] }]);
    expect(facesAt(15)).toMatchObject([
      { sockets: [1, 2], roots: [{ status: "mounting", epoch: 2, version: 0, params: { a: 1 } }] },
    ]);
  });

  it("know the last envelope, however much else has changed the root since, and what came of it", () => {
    const assigns = (n: number) => {
      const told = { root_id: "c1", store_id: [], module: "Shop.Cart", version: 1, assigns: { n } };
      return incoming(1, "1", null, TOPIC, "devtools:assigns", { ...told, cause: null, changed: ["n"] });
    };
    const session = [
      ...frames`> join < ok > mount Shop.Cart c1 < ok < v1 {n: 0}`,
      ...[assigns(1), assigns(2), assigns(3)],
      ...frames`> join < ok > mount Shop.Cart c1 < ok < v1 {n: 0} > add {} < ok < v2 /n=1`.slice(7),
    ];
    for (const chars of [undefined, 1_500]) {
      const engine = createEngine(chars);
      for (const event of session) engine.fold(event);
      const last = (seq: number) => facesAt(seq, engine)[0]?.roots[0]?.last_envelope;
      expect([last(10), last(12)]).toEqual([
        { seq: 7, command: null },
        { seq: 7, command: null },
      ]);
      expect(last(13)).toEqual({ seq: 13, command: 11 });
    }
  });

  it("lead to the records that go on", () => {
    const engine = folded(SESSION);
    const [connection] = engine.connections;
    const [face] = facesAt(7, engine);
    expect(face?.live).toBe(connection);
    expect(face?.roots[0]?.live).toBe(connection?.roots[0]);
    expect(face?.channels[0]?.live.nth).toBe(1);
  });

  it("are not told where their history has been let go, but for the newest", () => {
    const engine = createEngine(0);
    for (const event of SESSION) engine.fold(event);
    expect(engine.facesAt(7)).toBe("truncated");
    expect(engine.facesAt(SESSION.length)).not.toBe("truncated");
    expect(engine.facesAt(6)).toBe("truncated");
    expect(engine.facesAt(4)).toMatchObject([{ roots: [] }]);
  });

  it("are not told of events that are not there any more, unless they are the newest", () => {
    const engine = createEngine();
    engine.skip(3, 5);
    expect(engine.facesAt(2)).toBe("truncated");
    expect(engine.facesAt(3)).toEqual([]);
  });
});
