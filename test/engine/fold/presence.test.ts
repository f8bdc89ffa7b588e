import fc from "fast-check";
import { Presence } from "phoenix";
import { describe, expect, it } from "vitest";
import { createArchive } from "../../../src/engine/content/history";
import { foldPresence, type Presence as PresenceRecord } from "../../../src/engine/fold/presence";
import type { Json, JsonObject } from "../../../src/wire/json";
import { channelOf, inspected } from "../../support/folding";
import { incoming, out, reply, socket } from "../../support/frames";
import { lawRuns } from "../../support/law-runs";

const meta = (phx_ref: string, status = "on"): JsonObject => ({ phx_ref, status });
const metas = (...list: readonly JsonObject[]): JsonObject => ({ metas: list });
const join = (ref: string) => [out(1, ref, ref, "room", "phx_join", {}), reply(1, ref, ref, "room")];
const state = (payload: Json) => incoming(1, "1", null, "room", "presence_state", payload);
const diff = (joins: Json, leaves: Json = {}) =>
  incoming(1, null, null, "room", "presence_diff", { joins, leaves });
const presenceOf = (...events: Parameters<typeof inspected>[0]) =>
  channelOf(inspected([socket(1), ...join("1"), ...events])).presence;

describe("presence on a plain channel (wire.md 1.7)", () => {
  it("is null until the state, which the diffs before it wait for", () => {
    expect(presenceOf(diff({ ada: metas(meta("1")) }))).toBeNull();
    expect(presenceOf(diff({ ada: metas(meta("1")) }), state({ bob: metas(meta("2")) }))).toEqual({
      bob: metas(meta("2")),
      ada: metas(meta("1")),
    });
  });

  it("merges metas by phx_ref, and drops who has none left", () => {
    const both = state({ ada: metas(meta("1"), meta("2")), bob: metas(meta("3")) });
    expect(
      presenceOf(both, diff({ ada: metas(meta("4")) }, { ada: metas(meta("1")), bob: metas(meta("3")) })),
    ).toEqual({
      ada: metas(meta("2"), meta("4")),
    });
  });

  it("is null again after a new join, and for what is no presence", () => {
    expect(presenceOf(state({ ada: metas(meta("1")) }), ...join("5"))).toBeNull();
    expect(presenceOf(state({ ada: 5 }))).toBeNull();
    expect(presenceOf(state({}), diff({ ada: { metas: "none" } }), diff(null))).toEqual({});
  });

  it("keeps what stands beside the metas where a second state brings no new one", () => {
    const of = (user: string, ...refs: readonly string[]) => ({
      a: { user, metas: refs.map((ref) => meta(ref)) },
    });
    expect(presenceOf(state(of("x", "1")), state(of("y", "1")))).toEqual(of("x", "1"));
    expect(presenceOf(state(of("x", "1")), state(of("y", "1", "2")))).toEqual(of("y", "1", "2"));
    expect(presenceOf(state(of("x", "1")), state(of("y")))).toEqual({});
  });

  it("takes __proto__ for a name like any other", () => {
    const evil = JSON.parse('{"__proto__":{"metas":[{"phx_ref":"1"}]}}');
    expect(JSON.stringify(presenceOf(state(evil)))).toBe(JSON.stringify(evil));
    expect(JSON.stringify(presenceOf(state(evil), diff({}, evil)))).toBe("{}");
  });

  it("agrees with the client's own merging (seed 8)", () => {
    const one = fc
      .uniqueArray(fc.constantFrom("1", "2", "3", "4"), { minLength: 1 })
      .map((refs) => metas(...refs.map((ref) => meta(ref))));
    const some = fc.dictionary(fc.constantFrom("ada", "bob", "cy"), one, { noNullPrototype: true });
    fc.assert(
      fc.property(
        some,
        fc.array(fc.oneof(fc.record({ joins: some, leaves: some }), fc.record({ state: some })), {
          maxLength: 6,
        }),
        (first, diffs) => {
          const { create: createHistory } = createArchive();
          const record: PresenceRecord = { presences: null, createHistory, queued_diffs: [] };
          foldPresence(record, "presence_state", first, 1, 0);
          let client: object = Presence.syncState({}, structuredClone(first) as object);
          for (const one of diffs) {
            if ("state" in one) {
              foldPresence(record, "presence_state", one.state, 2, 0);
              client = Presence.syncState(client, structuredClone(one.state) as object);
              continue;
            }
            foldPresence(record, "presence_diff", one, 2, 0);
            client = Presence.syncDiff(client, structuredClone(one) as { joins: object; leaves: object });
          }
          expect(record.presences?.draft.areas.presence).toEqual(client);
        },
      ),
      { seed: 8, numRuns: lawRuns() },
    );
  });
});
