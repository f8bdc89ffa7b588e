import { expect, it } from "vitest";
import { createEngine } from "../../src/engine/engine";
import type { Inspection, RootDocument } from "../../src/engine/inspection";
import { readSession } from "../../src/session/reader";
import { idsIn } from "../support/naive-stores";
import {
  describeShared,
  type OracleLine,
  readOracle,
  readRecording,
  recordingNames,
} from "../support/shared";

describeShared("recordings of a real server and a real client", () => {
  it.each(recordingNames())("%s: state, snapshot, version and store ids at every oracle line", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    const oracle = readOracle(name);
    const engine = createEngine();
    let next = 0;
    for (const event of session.value.events) {
      engine.fold(event);
      for (let line = oracle[next]; line?.seq === engine.seq; line = oracle[++next]) {
        const root = rootAt(engine.inspect(), line);
        const held = { seq: line.seq, version: root.version, state: root.state, store_ids: root.store_ids };
        const { seq, version, state } = line;
        expect(held).toEqual({ seq, version, state, store_ids: idsIn(state) });
        expect(root.status).toBe("mounted");
        // The recorder shows upload slots in a form of its own.
        if (!JSON.stringify(line.snapshot).includes('"__upload__"'))
          expect(root.snapshot).toEqual(line.snapshot);
      }
    }
    expect(next).toBe(oracle.length);
  });

  it.each(recordingNames())("%s: the same from the end back", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    const engine = createEngine();
    for (const event of session.value.events) engine.fold(event);
    for (const line of readOracle(name).toReversed()) {
      const document = engine.inspectAt(line.seq);
      if (document === "truncated") throw new Error("A recording is short enough to be kept whole.");
      const { version, state, store_ids } = rootAt(document, line);
      expect({ version, state, store_ids }).toEqual({
        version: line.version,
        state: line.state,
        store_ids: idsIn(line.state),
      });
    }
  });

  it.each(recordingNames())("%s: no problem that the real client had not either", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    const engine = createEngine();
    for (const event of session.value.events) engine.fold(event);
    // Only one recording holds a frame that its server dropped: a push with an old join_ref, made by hand.
    const expected = name === "duplicate-join" ? [{ seq: 14, code: "stale_join_ref" }] : [];
    expect(engine.problems.map(({ seq, code }) => ({ seq, code }))).toEqual(expected);
  });

  it("says the same of a session on either wire", () => {
    for (const name of recordingNames().filter((other) => other.endsWith("-per-root"))) {
      const [own, shared] = [name, name.replace("-per-root", "")].map((one) => readOracle(one));
      expect(own?.map(({ state }) => state)).toEqual(shared?.map(({ state }) => state));
    }
  });
});

function rootAt(document: Inspection, line: OracleLine): RootDocument {
  const connection = document.connections.find(({ sockets }) => sockets.includes(line.socket));
  const root = connection?.roots.find(
    ({ topic, root_id }) => topic === line.topic && root_id === line.root_id,
  );
  if (root === undefined) throw new Error(`There is no root ${line.root_id} at event ${line.seq}.`);
  return root;
}
