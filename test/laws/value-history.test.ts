import fc from "fast-check";
import { expect, it } from "vitest";
import { createStoreActivity } from "../../src/engine/ask/store-activity";
import { blame, type ValueHistory, valueHistory } from "../../src/engine/ask/value-history";
import type { ValueTarget } from "../../src/engine/ask/value-target";
import type { LiveRoot } from "../../src/engine/engine";
import { readSession } from "../../src/session/reader";
import type { Json } from "../../src/wire/json";
import { canonical } from "../support/canonical";
import { envelope, frames, incoming } from "../support/frames";
import { lawRuns } from "../support/law-runs";
import { everyStore, naiveAttached, naiveOwn, type Watched, watchRoots } from "../support/naive-ask";
import { sessions } from "../support/random-session";
import { describeShared, readRecording, recordingNames } from "../support/shared";

/** A thousand runs take a while on a busy machine. */
const LONG = 600_000;
const NO_CAUSES = new Map();
const PATHS = ["", "/n", "/child", "/rows", "/data", "/data/m~0n", "/data/__proto__", "/data/a~1b", "/items"];

function historyOf(root: LiveRoot, target: ValueTarget, seq: number, most?: number): ValueHistory {
  const found = valueHistory(createStoreActivity(root.history), seq, target, NO_CAUSES, most);
  if (found === "truncated") throw new Error("The whole history is kept.");
  return found;
}

/** The values of a list and the places where they came, newest first; what equals the one before is none. */
function naiveHistory(values: readonly (Json | undefined)[]): readonly (readonly [number, string])[] {
  const texts = values.map((value) => canonical(value) ?? "nothing");
  const found = texts.map((text, place) => [place, text] as const);
  return found.filter(([place, text]) => place > 0 && text !== texts[place - 1]).reverse();
}

function shown({ root }: Watched, { values }: ValueHistory): readonly (readonly [number, string])[] {
  return values.map(({ seq, value }) => [root.history.countAt(seq), canonical(value) ?? "nothing"]);
}

function naiveAt(value: Json | undefined, path: string): Json | undefined {
  const tokens = path.split("/").slice(1);
  return tokens.reduce<Json | undefined>((node, token) => {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof node === "object" && node !== null && Object.hasOwn(node, key)
      ? Object.getOwnPropertyDescriptor(node, key)?.value
      : undefined;
  }, value);
}

it(
  "a field's values are those that comparing it after every revision says, its store found by id (seed 33)",
  () => {
    fc.assert(
      fc.property(sessions, fc.constantFrom(...PATHS), fc.nat(), (events, path, moment) => {
        for (const watched of watchRoots(events)) {
          const { root, contents } = watched;
          const place = moment % contents.length;
          const seq = root.history.revisionTo(place)?.seq ?? 0;
          for (const store_id of everyStore(contents)) {
            const values = contents
              .slice(0, place + 1)
              .map(({ state }) => naiveAt(naiveOwn(state, store_id), path));
            const target: ValueTarget = { what: "field", store_id, path };
            const found = historyOf(root, target, seq);
            expect(found.end).toBe("beginning");
            expect(shown(watched, found)).toEqual(naiveHistory(values));
            const last = blame(createStoreActivity(root.history), seq, target, NO_CAUSES);
            expect(last).toEqual(found.values[0] ?? null);
          }
        }
      }),
      { seed: 33, numRuns: lawRuns() },
    );
  },
  LONG,
);

it(
  "an item's values are those that comparing it after every revision says, wherever it stands (seed 34)",
  () => {
    const name = fc.constantFrom("items", "more");
    const key = fc.constantFrom("k1", "k2", "k3", "k4");
    fc.assert(
      fc.property(sessions, name, key, (events, stream, item_key) => {
        for (const watched of watchRoots(events)) {
          const { root, contents } = watched;
          for (const store_id of everyStore(contents)) {
            const values = contents.map((content) => {
              const [streams] = naiveAttached(content, store_id);
              const entries: readonly Json[] = Reflect.get(Object(streams), stream) ?? [];
              const entry = entries.find((one) => Reflect.get(Object(one), "item_key") === item_key);
              return entry === undefined ? undefined : naiveAt(entry, "/item");
            });
            const target: ValueTarget = { what: "stream", store_id, name: stream, item_key, path: "" };
            expect(shown(watched, historyOf(root, target, 1_000))).toEqual(naiveHistory(values));
          }
        }
      }),
      { seed: 34, numRuns: lawRuns() },
    );
  },
  LONG,
);

type Edit = { readonly op: "add" | "remove" | "replace" | "change" | "move" | "child"; readonly at: number };

const edit: fc.Arbitrary<Edit> = fc.record({
  op: fc.constantFrom("add", "add", "remove", "replace", "change", "move", "child"),
  at: fc.nat(5),
});

/** A list in a store that moves, its elements named as they came, and what each of them was after every envelope. */
function play(envelopes: readonly (readonly Edit[])[]) {
  const events = [
    ...frames`> join < ok > mount A r < ok < v1 {rows: [{__musubi_store_id__: ["rows", "s"], list: []}], child: 0}`,
  ];
  const list: { readonly name: number; value: number }[] = [];
  const moments: { readonly name: number; readonly value: number }[][] = [[], []];
  let [names, values, index] = [0, 0, 0];
  for (const [nth, edits] of envelopes.entries()) {
    const ops: Json[] = [];
    for (const { op, at: wish } of edits) {
      const at = Math.min(wish, list.length - (op === "add" ? 0 : 1));
      const path = `/rows/${index}/list/${at}`;
      if (op === "child") {
        ops.push({ op: "replace", path: "/child", value: { __musubi_store_id__: ["c", String(wish)] } });
      } else if (op === "add") {
        list.splice(at, 0, { name: names++, value: ++values });
        ops.push({ op, path, value: { v: values } });
      } else if (op !== "move" && list[at] !== undefined) {
        if (op === "remove") list.splice(at, 1);
        else list[at].value = ++values;
        const path_v = op === "change" ? `${path}/v` : path;
        const value = op === "change" ? values : { v: values };
        ops.push(op === "remove" ? { op, path } : { op: "replace", path: path_v, value });
      }
    }
    // Of a store that moves, elements are told by their index: it moves in an envelope of its own.
    if (ops.length === 0) {
      ops.push({ op: "add", path: "/rows/0", value: nth });
      index++;
    }
    const patch = { ...envelope(nth + 2, ops), root_id: "r" };
    events.push(incoming(1, "1", null, "musubi:connection", "patch", patch));
    moments.push(list.map((element) => ({ ...element })));
  }
  return { events, moments };
}

it(
  "an element of a list is followed through what comes and goes before it (seed 35)",
  () => {
    fc.assert(
      fc.property(fc.array(fc.array(edit, { maxLength: 3 }), { maxLength: 12 }), (envelopes) => {
        const { events, moments } = play(envelopes);
        for (const watched of watchRoots(events)) {
          expect(watched.contents).toHaveLength(moments.length);
          for (const [at, { name }] of (moments.at(-1) ?? []).entries()) {
            const values = moments.map((list) => list.find((element) => element.name === name)?.value);
            const target: ValueTarget = { what: "field", store_id: ["rows", "s"], path: `/list/${at}/v` };
            expect(shown(watched, historyOf(watched.root, target, events.length))).toEqual(
              naiveHistory(values),
            );
          }
        }
      }),
      { seed: 35, numRuns: lawRuns() },
    );
  },
  LONG,
);

describeShared("value histories in recordings", () => {
  it.each(recordingNames())("%s: every field of every store", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    for (const watched of watchRoots(session.value.events)) {
      const { root, contents } = watched;
      for (const store_id of everyStore(contents).slice(0, 20)) {
        const owns = contents.map(({ state }) => naiveOwn(state, store_id));
        const fields = new Set(owns.flatMap((own) => Object.keys(own ?? {})));
        for (const field of fields) {
          const path = `/${field.replaceAll("~", "~0").replaceAll("/", "~1")}`;
          const found = historyOf(root, { what: "field", store_id, path }, Number.MAX_SAFE_INTEGER, 5);
          const values = naiveHistory(owns.map((own) => naiveAt(own, path)));
          expect(shown(watched, found)).toEqual(values.slice(0, 5));
          expect(found.end).toBe(values.length > 5 ? "more" : "beginning");
        }
      }
    }
  });
});
