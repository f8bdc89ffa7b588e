import { expect, it } from "vitest";
import { DEFAULT_SETTINGS, MIN_JOURNAL_BYTES } from "../../src/bridge/settings";
import { PATIENCE_MS, type PageHandle, type PanelHandle } from "../../src/cli/browser/driver";
import { MAX_BUFFERED_BYTES } from "../../src/content/buffer";
import { describeInBrowsers, describeInChromium, describeInFirefox, type Stage } from "../support/browser";
import { type LoadPlan, untilTicks } from "../support/load-page";
import { type LoadServer, startLoadServer } from "../support/load-server";
import { inPanel } from "../support/panel-words";
import {
  configure,
  numberedFrames,
  readOverview,
  readSession,
  type SessionRead,
} from "../support/session-reader";
import { itTakingMinutes } from "../support/slow-tests";
import { leaveStoredTab, readStoredTabs, tabOf } from "../support/stored-journals";

const MEBIBYTE = 1024 * 1024;
const ROOT = "Load.Store:main";

/** Frames of 10 KB, so many a second that 10 MB come. */
const FRAME_CHARS = 10_000;
const LOAD = { burst: 10, everyMs: 10, size: FRAME_CHARS, isMixed: true } satisfies LoadPlan;

/**
 * 50 MB an hour for a day, or six hours of it: the clock does not matter, the bytes do. They come at 5 MB a second, four
 * hundred times as fast as that: what is folded in idle time has room for most of a second of it.
 */
const DAY: LoadPlan & { readonly ticks: number } = { ...LOAD, everyMs: 20, ticks: 120_000 };
const SIX_HOURS = { ...DAY, ticks: DAY.ticks / 4 };

describeInChromium("a page that receives a day's frames while DevTools is closed", (stage) => {
  itTakingMinutes("keeps no more of them than its buffer holds, and has the full state", async () => {
    const load = await startLoadServer();
    const page = await stage.driver.openPage(load.url(DAY));
    await untilTicks(page, 100);
    const session = await page.page.createCDPSession();
    const heap = async (): Promise<number> => {
      await session.send("HeapProfiler.collectGarbage");
      return (await session.send("Runtime.getHeapUsage")).usedSize;
    };
    const before = await heap();
    const sizes: number[] = [];
    for (let quarter = 1; quarter <= 4; quarter++) {
      await untilTicks(page, (DAY.ticks * quarter) / 4);
      sizes.push((await heap()) - before);
    }
    console.info(
      `The page's heap grew by ${sizes.map((size) => (size / MEBIBYTE).toFixed(1)).join(", ")} MB.`,
    );
    // What is being folded stands there twice for a moment.
    for (const size of sizes) expect(size).toBeLessThan(2 * MAX_BUFFERED_BYTES);

    await expectFolded(await page.openPanel(), DAY.ticks);
    await page.close();
    await load.close();
  });
});

// Firefox tells nobody what a page's heap holds: that nothing had to go, and all is folded, says it there.
describeInFirefox("a page that receives six hours' frames while DevTools is closed", (stage) => {
  itTakingMinutes("has the full state", async () => {
    const load = await startLoadServer();
    const page = await stage.driver.openPage(load.url(SIX_HOURS));
    await untilTicks(page, SIX_HOURS.ticks);
    await expectFolded(await page.openPanel(), SIX_HOURS.ticks);
    await page.close();
    await load.close();
  });
});

describeInBrowsers("the journal of a tab", (stage) => {
  it("is bounded on disk: it lets its beginning go, and folds it into a base", async () => {
    const ticks = 8_001;
    const { page, panel, load } = await openLoaded(stage, { ...LOAD, ticks });
    await configure(panel, { ...DEFAULT_SETTINGS, maxJournalBytes: MIN_JOURNAL_BYTES });
    await untilTicks(page, ticks);
    const person = inPanel(panel);
    await person.chooseStore(ROOT, []);
    await person.seesState({ "/n": String(ticks - 1) });

    // What it has let go is not in memory either once the background was killed. Some of it may have been folded before
    // the panel was there: there need not be an event for each frame.
    const events = async () => (await readOverview(panel)).session.events;
    const before = await events();
    await stage.driver.extension.killBackground();
    await expect.poll(events, { timeout: PATIENCE_MS }).toBe(before);
    const { rows } = await expectFullState(panel, ticks);
    expect(rows.map(({ type }) => type)).toContain("base");
    const stored = async () => (await readStoredTabs(panel)).reduce((sum, { chars }) => sum + chars, 0);
    // A segment more may be on its way.
    await expect.poll(stored, { timeout: PATIENCE_MS }).toBeLessThan(1.5 * MIN_JOURNAL_BYTES);
    expect(await stored()).toBeGreaterThan(MIN_JOURNAL_BYTES / 4);
    await configure(panel, DEFAULT_SETTINGS);
    await page.close();
    await load.close();
  });

  it("is deleted when the tab is closed, and at the start where an earlier run has left it behind", async () => {
    const one = await openLoaded(stage, { ticks: 100, burst: 5, everyMs: 10 });
    const other = await openLoaded(stage, { ticks: 100, burst: 5, everyMs: 10 });
    const tabs = [await tabOf(one.panel), await tabOf(other.panel)];
    const storedTabs = async () => (await readStoredTabs(other.panel)).map(({ tab }) => tab).sort();
    await expect.poll(storedTabs, { timeout: PATIENCE_MS }).toEqual([...tabs].sort());
    await one.page.close();
    await expect.poll(storedTabs, { timeout: PATIENCE_MS }).toEqual([tabs[1]]);

    await leaveStoredTab(other.panel, "an earlier run");
    expect(await readStoredTabs(other.panel)).toHaveLength(2);
    await stage.driver.extension.killBackground();
    const runs = async () => (await readStoredTabs(other.panel)).map(({ run }) => run);
    await expect.poll(runs, { timeout: PATIENCE_MS }).toHaveLength(1);
    expect(await runs()).not.toContain("an earlier run");
    expect(await storedTabs()).toEqual([tabs[1]]);
    await other.page.close();
    await one.load.close();
    await other.load.close();
  });
});

async function openLoaded(
  { driver }: Stage,
  plan: LoadPlan,
): Promise<{ readonly page: PageHandle; readonly panel: PanelHandle; readonly load: LoadServer }> {
  const load = await startLoadServer();
  const page = await driver.openPage(load.url(plan));
  const panel = await page.openPanel();
  return { page, panel, load };
}

/** Expects all of it to be there: what was too much is folded, and nothing is missing. */
async function expectFolded(panel: PanelHandle, ticks: number): Promise<void> {
  const { rows } = await expectFullState(panel, ticks);
  const types = new Set(rows.map(({ type }) => type));
  expect([types.has("base"), types.has("gap")]).toEqual([true, false]);
}

/** Expects the state to be that of the last frame but one, which is an envelope, and nothing to be missing. */
async function expectFullState(panel: PanelHandle, ticks: number): Promise<SessionRead> {
  const person = inPanel(panel);
  await person.chooseStore(ROOT, []);
  await person.seesState({ "/n": String(ticks - 1) });
  const read = await readSession(panel);
  expect(read.overview.session.problems).toBe(0);
  expect(read.rows.filter(({ problem }) => problem !== null)).toEqual([]);
  expect(numberedFrames(read).at(-1)).toBe(`in ${1_000_000 + ticks}`);
  return read;
}
