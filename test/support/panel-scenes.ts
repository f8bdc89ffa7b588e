import type { Page } from "puppeteer-core";
import { press, send } from "./panel-gestures";

/** Something that the panel shows, and how a person comes to see it. */
export type Scene = {
  readonly name: string;
  /** Of the harness's address. */
  readonly search?: string;
  readonly act?: (page: Page) => Promise<unknown>;
};

const CART = "Shop.Stores.CartStore:u9:open";
const COUNTER = "Demo.CounterStore:c1";

const click = (page: Page, selector: string) => page.locator(selector).click();

/** Clicks one after the other, and waits for what the last of them brings. */
const clicks =
  (brings: string, ...selectors: readonly string[]) =>
  async (page: Page): Promise<unknown> => {
    for (const selector of selectors) await click(page, selector);
    return page.waitForSelector(brings);
  };

const root = (id: string): string => `[data-kind=root][data-root-id="${id}"]`;
const tab = (name: string): string => `[role=tab][data-tab=${name}]`;
const channel = (topic: string): string => `[data-view=channels] [role=row][data-topic="${topic}"]`;
const logged = (kind: string): string => `[data-log=${kind}] [role=row][data-seq]`;

const STAGES = [
  ...["connecting", "unwatchable", "not_allowed", "not_reported", "no_tap", "tap_off", "no_socket"],
  ...["other_sockets", "closed_socket", "channels_refused", "plain_channels", "roots_refused", "no_envelope"],
];

/** Every view, every part of it that is chosen or opened, and what stands where there is nothing. */
export const SCENES: readonly Scene[] = [
  { name: "a store's state", act: clicks("[data-json=state] [data-slot]", root(CART)) },
  ...(["changes", "events", "commands"] as const).map((kind) => ({
    name: `a store's ${kind}`,
    search: "events=900",
    act: clicks(`[data-detail=${kind}]`, root(COUNTER), `#store-tab-${kind}`, logged(kind)),
  })),
  { name: "a store's assigns", act: clicks("[data-json=assigns]", root(COUNTER), "#store-tab-assigns") },
  { name: "a store as it is sent", act: clicks("[data-raw]", root(COUNTER), "#store-tab-raw") },
  {
    name: "the history of a value",
    act: clicks(
      "[data-history] [data-written]",
      root(COUNTER),
      "[data-json=state] [data-path='/count']",
      "[data-action=history]",
    ),
  },
  {
    name: "the timeline with an entry",
    search: "events=899",
    async act(page) {
      await click(page, tab("timeline"));
      await page.waitForSelector("[data-view=timeline] [role=row][data-seq]");
      await page.focus("[data-view=timeline] [role=grid]");
      await press(page, "End");
      return page.waitForSelector("[data-detail=entry] [data-cause]");
    },
  },
  {
    name: "the kinds of the timeline",
    act: clicks("[data-menu=kinds]:popover-open", tab("timeline"), "[data-action=kinds]"),
  },
  {
    name: "a filter that matches nothing",
    async act(page) {
      await click(page, tab("timeline"));
      await page.type("[data-action=filter]", "nothing has this");
      return page.waitForSelector("[data-action=clear-filters]");
    },
  },
  { name: "what differs", act: clicks("[data-differences]", tab("compare")) },
  {
    name: "the versions of a root",
    act: clicks("[data-versions=from]:popover-open [data-seq]", tab("compare"), "[data-action=choose-from]"),
  },
  {
    name: "a frame and its problem",
    act: clicks("[data-problem-text]", tab("frames"), '[data-problem="true"]'),
  },
  {
    name: "a binary frame",
    search: "events=900",
    async act(page) {
      await click(page, tab("frames"));
      await page.type("[data-action=filter]", "chunk");
      return clicks("[data-hex] .hex-line", '[role=row][data-seq="466"]')(page);
    },
  },
  {
    name: "a channel and who is present",
    act: clicks(
      "[data-json=metas] [data-path]",
      tab("channels"),
      channel("room:lobby"),
      '[data-person="user:3"]',
    ),
  },
  {
    name: "a channel that was refused",
    act: clicks("[data-answer=refused]", tab("channels"), channel("admin:metrics"), tab("joins")),
  },
  {
    name: "the newest frames of a channel",
    act: clicks(
      "[data-action=show-in-frames]",
      tab("channels"),
      channel(`musubi:connection:${COUNTER}`),
      tab("recent"),
    ),
  },
  { name: "a connection", search: "events=2600", act: clicks("[data-beats='58']", tab("connection")) },
  { name: "problems", act: clicks("[data-view=problems] [role=option]", tab("problems")) },
  {
    name: "the palette",
    async act(page) {
      await page.keyboard.down("Control");
      await press(page, "k");
      await page.keyboard.up("Control");
      return page.waitForSelector("dialog[data-palette=actions] [role=option]");
    },
  },
  {
    name: "the search",
    async act(page) {
      await click(page, "[data-action=search]");
      await page.keyboard.type("count");
      return page.waitForSelector("[data-result]");
    },
  },
  { name: "the keys", act: clicks("dialog[data-palette=keys]", "[data-action=keys]") },
  {
    name: "the settings",
    search: "sites=https://shop.example.com/*",
    act: clicks("[data-menu]:popover-open", "[data-action=settings]"),
  },
  {
    name: "the menu of views",
    async act(page) {
      await page.setViewport({ width: 400, height: 640 });
      return clicks("[role=menu]:popover-open", "[data-action=more-views]")(page);
    },
  },
  { name: "two views", act: clicks("[data-second] [data-view]", "[data-action=split]") },
  { name: "a moment of the past", act: clicks("[data-moment=past]", "[data-action=moment-live]") },
  {
    name: "a session of the past",
    search: "past",
    act: clicks("[data-bar=past]", "[data-action=show-past]"),
  },
  { name: "bars above the view", search: "off&full&private&url=https://shop.example.com/cart" },
  ...STAGES.map((stage) => ({ name: `nothing yet, ${stage}`, search: `stage=${stage}` })),
  {
    name: "a panel whose extension is gone",
    async act(page) {
      await page.waitForSelector("[role=treeitem]");
      await send(page, "orphan");
      await page.waitForSelector("[data-bar=orphaned]");
      return clicks("[data-view=channels] .sentence", tab("channels"))(page);
    },
  },
];
