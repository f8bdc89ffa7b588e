import fc from "fast-check";
import { expect, it } from "vitest";
import { diffContents, diffRoot } from "../../src/engine/ask/diff";
import { type Difference, diffValues } from "../../src/engine/ask/difference";
import { readSession } from "../../src/session/reader";
import type { Json } from "../../src/wire/json";
import { canonical } from "../support/canonical";
import { lawRuns } from "../support/law-runs";
import { watchRoots } from "../support/naive-ask";
import { naivePatch } from "../support/naive-patch";
import { sessions } from "../support/random-session";
import { describeShared, readRecording, recordingNames } from "../support/shared";

/** A thousand runs take a while on a busy machine. */
const LONG = 600_000;

const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json[]>(null, 0, 1, "a", "", true, [], {}),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "a/b", "m~n", "", "0", "__proto__", "constructor"), tie("tree"), {
      maxKeys: 4,
    }),
  ),
}));

/** Takes the steps; before each of them, what it says stood there must stand there. */
function applied(before: Json, differences: readonly Difference[]): unknown {
  const ops = differences.map(({ op, path, after }) => ({
    op,
    path,
    ...(after === undefined ? {} : { value: after }),
  }));
  const taken = naivePatch(before, ops);
  if (taken === undefined) throw new Error("The differences do not fit.");
  return taken.result;
}

it("differences lead from the one value to the other, and back when they are turned round (seed 36)", () => {
  fc.assert(
    fc.property(tree, tree, (before, after) => {
      const { differences, more } = diffValues(before, after);
      expect(more).toBe(false);
      expect(canonical(applied(before, differences))).toBe(canonical(after));
      expect(differences.length === 0).toBe(canonical(before) === canonical(after));
      const back = differences.toReversed().map((step): Difference => {
        const op = step.op === "add" ? "remove" : step.op === "remove" ? "add" : "replace";
        return { path: step.path, op, before: step.after, after: step.before };
      });
      expect(canonical(applied(after, back))).toBe(canonical(before));
    }),
    { seed: 36, numRuns: lawRuns() },
  );
});

it("what is cut off is told, and what is given is the beginning of all of it (seed 37)", () => {
  fc.assert(
    fc.property(tree, tree, fc.nat(3), (before, after, most) => {
      const all = diffValues(before, after).differences;
      const some = diffValues(before, after, most);
      expect(some).toEqual({ differences: all.slice(0, most), more: all.length > most });
    }),
    { seed: 37, numRuns: lawRuns() },
  );
});

it(
  "the items of streams that were added, removed, moved or changed are those of the lists (seed 38)",
  () => {
    fc.assert(
      fc.property(sessions, fc.nat(), fc.nat(), (events, one, other) => {
        for (const { root, contents } of watchRoots(events)) {
          const [from, to] = [one % contents.length, other % contents.length];
          const [before, after] = [contents[from], contents[to]];
          if (before === undefined || after === undefined) throw new Error("There is no such place.");
          const diff = diffContents(before, after);
          const seqs = [from, to].map((place) => root.history.revisionTo(place)?.seq ?? 0);
          expect(diffRoot(root, seqs[0] ?? 0, seqs[1] ?? 0)).toEqual(diff);
          expect(canonical(applied(before.state, diff.state.differences))).toBe(canonical(after.state));
          const tables = [listsIn(before.streams), listsIn(after.streams)];
          const names = new Set(tables.flatMap((lists) => Object.keys(lists)));
          for (const name of names) {
            const [store, stream] = JSON.parse(name);
            const found = diff.streams.find(
              ({ store_id, name: its }) => JSON.stringify(store_id) === store && its === stream,
            );
            const [old, current] = tables.map((lists) => lists[name] ?? []);
            expect([...(found?.items ?? [])].map(canonical).sort()).toEqual(
              itemsBetween(old ?? [], current ?? [])
                .map(canonical)
                .sort(),
            );
          }
        }
      }),
      { seed: 38, numRuns: lawRuns() },
    );
  },
  LONG,
);

type Item = { readonly item_key: string; readonly item: Json };

function listsIn(streams: Json): { readonly [name: string]: readonly Item[] } {
  return Object.fromEntries(
    Object.entries(Object(streams)).flatMap(([store, byName]) =>
      Object.entries(Object(byName)).map(([name, list]): [string, readonly Item[]] => [
        JSON.stringify([store, name]),
        JSON.parse(JSON.stringify(list)),
      ]),
    ),
  );
}

function itemsBetween(old: readonly Item[], current: readonly Item[]): readonly unknown[] {
  const indexIn = (list: readonly Item[], key: string) => list.findIndex(({ item_key }) => item_key === key);
  const kept = (list: readonly Item[], other: readonly Item[]) =>
    list.map(({ item_key }) => item_key).filter((key) => indexIn(other, key) !== -1);
  const removed = old.flatMap(({ item_key, item }, at) =>
    indexIn(current, item_key) === -1 ? [{ kind: "removed", item_key, at, before: item }] : [],
  );
  const rest = current.flatMap(({ item_key, item }, at): readonly unknown[] => {
    const was = indexIn(old, item_key);
    if (was === -1) return [{ kind: "added", item_key, at, after: item }];
    const isMoved = kept(old, current).indexOf(item_key) !== kept(current, old).indexOf(item_key);
    const before = old[was]?.item;
    return [
      ...(isMoved ? [{ kind: "moved", item_key, from: was, to: at }] : []),
      ...(canonical(before) === canonical(item) ? [] : [{ kind: "changed", item_key, before, after: item }]),
    ];
  });
  return [...removed, ...rest];
}

describeShared("differences in recordings", () => {
  it.each(recordingNames())("%s: from each content to the next, and from the first to the last", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    for (const { contents } of watchRoots(session.value.events)) {
      for (const [place, after] of contents.entries()) {
        for (const before of [contents[Math.max(place - 1, 0)], contents[0]]) {
          if (before === undefined) continue;
          const { state } = diffContents(before, after);
          if (state.more) continue;
          expect(canonical(applied(before.state, state.differences))).toBe(canonical(after.state));
        }
      }
    }
  });
});
