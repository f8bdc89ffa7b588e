import { expect, it } from "vitest";
import { PATIENCE_MS } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { LOAD_TOPIC, say, seenBy, untilTicks } from "../support/load-page";
import { startLoadServer } from "../support/load-server";
import { inPanel } from "../support/panel-words";
import { differenceOf, numberedFrames, readSession, untilCaptured } from "../support/session-reader";

/** More than a page's buffer holds (`MAX_BUFFERED_BYTES`), in frames of this size. */
const FRAME_CHARS = 1_000;
const MANY = 24_000;

describeInBrowsers("what happened before anybody looked", (stage) => {
  it("is all there, from the first script of the page on, and goes on while DevTools opens", async () => {
    const load = await startLoadServer();
    const plan = { ticks: 2_500, burst: 5, everyMs: 10, says: 20, sayEvery: 10 };
    const page = await stage.driver.openPage(load.url(plan));
    await untilTicks(page, 300);
    const panel = await page.openPanel();
    await untilTicks(page, plan.ticks);

    const { rows } = await untilCaptured(panel, await seenBy(page));
    const [first, ...others] = rows.map(({ type }) => type);
    expect(first).toBe("page");
    expect(others.slice(0, 2)).toEqual(["socket", "open"]);
    expect(others).not.toContain("gap");
    expect(others).not.toContain("base");
    await page.close();
    await load.close();
  });

  it("is folded into its state where it is too much: nothing is missing", async () => {
    const load = await startLoadServer();
    const plan = { ticks: MANY, burst: 40, everyMs: 10, size: FRAME_CHARS, isMixed: true };
    const page = await stage.driver.openPage(load.url(plan));
    await untilTicks(page, MANY);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore("Load.Store:main", []);
    // The last frame of all is a broadcast, the one before it an envelope.
    await person.seesState({ "/n": String(MANY - 1) });

    const read = await readSession(panel);
    const types = new Set(read.rows.map(({ type }) => type));
    expect([...types].sort()).toEqual(["base", "in", "open", "out", "page", "socket"]);
    const kept = numberedFrames(read);
    // The newest broadcasts stand there as they came, every third frame being one.
    const newest = kept.map((_, at) => `in ${1_000_000 + MANY - 3 * (kept.length - 1 - at)}`);
    expect(differenceOf(kept, newest)).toBeNull();
    expect(kept.length).toBeGreaterThan(MANY / 12);
    expect(read.overview.session.problems).toBe(0);
    await person.showTab("frames");
    await person.type("[data-action=filter]", '"type":"base"');
    await person.sees("[data-view=frames] [role=row][data-type=base]", "folded");
    await page.close();
    await load.close();
  });

  it("says how much is missing where it is too much, and cannot be folded", async () => {
    const load = await startLoadServer();
    const page = await stage.driver.openPage(load.url({ isMute: true, size: FRAME_CHARS, says: 1 }));
    await expect.poll(() => seenBy(page), { timeout: PATIENCE_MS }).toHaveLength(1);
    await say(page, MANY);
    // What waits between the tap and the buffer would not be too much yet: an idle page has nothing on its way.
    await page.evaluate(() => new Promise<void>((done) => requestIdleCallback(() => done())));
    const seen = await seenBy(page);
    const panel = await page.openPanel();
    const count = async () => numberedFrames(await readSession(panel)).at(-1);
    await expect.poll(count, { timeout: PATIENCE_MS }).toBe(seen.at(-1));

    const read = await readSession(panel);
    const kept = numberedFrames(read);
    expect(differenceOf(kept, seen.slice(-kept.length))).toBeNull();
    const gaps = read.rows.filter(({ type }) => type === "gap").map(({ summary }) => summary);
    const missing = gaps.map((gap) => /^(\d+) events \((\d+) bytes\) are missing/.exec(gap));
    const sum = (group: number): number => missing.reduce((all, found) => all + Number(found?.[group]), 0);
    const others = read.rows.filter(({ event, type }) => event !== "say" && type !== "gap");
    // The page's beginning, its socket, that socket's opening, the join and its answer.
    expect(others.map(({ type }) => type)).toEqual(["page", "socket", "open", "out", "in"]);
    expect(sum(1)).toBe(seen.length - kept.length);
    expect(read.overview.connections.map(({ status, channels }) => [status, channels])).toMatchObject([
      ["connected", [{ topic: LOAD_TOPIC, state: "joined" }]],
    ]);
    expect(sum(2)).toBeGreaterThan((seen.length - kept.length) * FRAME_CHARS);

    const person = inPanel(panel);
    await person.showTab("problems");
    await person.sees("[data-view=problems] [data-code=gap]", `${missing[0]?.[1]} events`);
    await person.click("[data-view=problems] [data-code=gap]");
    await person.sees("[data-meaning=gap]", "");
    await page.close();
    await load.close();
  });
});
