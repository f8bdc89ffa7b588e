import { describe, expect, it } from "vitest";
import { follow } from "../../src/cli/dev";

/**
 * What is built while the sources look like this, one letter a look, `|` being where a build ends: `aab|bb` changes
 * during the first build.
 */
async function builds(looks: string): Promise<string> {
  const controller = new AbortController();
  let at = 0;
  let built = "";
  const now = (): string => looks[Math.min(at, looks.length - 1)] ?? "";
  await follow({
    stamp: now,
    pause: async () => {
      at += 1;
      if (at >= looks.length) controller.abort();
    },
    build: async () => {
      built += now();
      const end = looks.indexOf("|", at);
      if (end >= 0) at = end + 1;
    },
    stop: controller.signal,
  });
  return built;
}

describe("following the sources", () => {
  it.each([
    ["builds once while nothing changes", "aaaa", "a"],
    ["builds again after a change", "aabbb", "ab"],
    ["waits until the sources are still", "aabcdee", "ae"],
    ["builds what changed during a build", "ab|bb", "ab"],
    ["builds once for all that changed during a build", "abcd|dd", "ad"],
    ["builds what was changed back, since the change was built", "abbaa", "aba"],
    ["does not build what was changed back at once", "aabaa", "a"],
  ])("%s: %s", async (_what, looks, expected) => {
    expect(await builds(looks)).toBe(expected);
  });
});
