import fc from "fast-check";
import { expect, it } from "vitest";
import { compareContents } from "../../src/engine/ask/comparison";
import { type Content, EMPTY } from "../../src/engine/content/draft";
import { canonical } from "../support/canonical";
import { lawRuns } from "../support/law-runs";
import { everyStore, naiveOwn, watchRoots } from "../support/naive-ask";
import { sessions } from "../support/random-session";

/** A thousand runs take a while on a busy machine. */
const LONG = 600_000;

/** A store's own value; nothing where it is not there. */
function ownText({ state }: Content, id: readonly string[]): string {
  const own = naiveOwn(state, id);
  return own === undefined ? "" : canonical(own);
}

it(
  "a comparison tells of the stores whose own value differs, wherever they stand, and of no others (seed 61)",
  () => {
    fc.assert(
      fc.property(sessions, fc.nat(), fc.nat(), (events, one, other) => {
        for (const { contents } of watchRoots(events)) {
          const [before = EMPTY, after = EMPTY] = [one, other].map((at) => contents[at % contents.length]);
          const differing = everyStore([before, after]).filter(
            (id) => ownText(before, id) !== ownText(after, id),
          );
          const { stores, more } = compareContents(before, after);
          expect(more).toBe(false);
          const told = stores.flatMap(({ store_id, differences }) =>
            differences.some(({ what }) => what === "field" || what === "store")
              ? [JSON.stringify(store_id)]
              : [],
          );
          expect(told.sort()).toEqual(differing.map((id) => JSON.stringify(id)).sort());
          for (const { differences } of stores) expect(differences).not.toEqual([]);
        }
      }),
      { seed: 61, numRuns: lawRuns() },
    );
  },
  LONG,
);
