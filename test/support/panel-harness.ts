import { signal } from "@preact/signals";
import { h, render } from "preact";
import english from "../../_locales/en/messages.json";
import { createPanel } from "../../src/panel/model/panel";
import { speak } from "../../src/panel/text/say";
import { App } from "../../src/panel/view/App";
import { createFakeHost, ENVIRONMENT } from "./fake-host";
import { createFakeSession } from "./fake-session";

/**
 * The panel as an ordinary page over a made-up session. In the page's address:
 * - `events` how many there are; `cards` how many stores one more root has; `tick` the milliseconds between updates (none without it); `theme`
 * - `stage` why there is nothing to show, a stop of the diagnosis; `off`, `full`, `past`, `private`: the tap turned
 *   itself off, the disk is full, there is a page before this one, the window is private
 * - `url` where the tab is; `sites` what was allowed, by commas; `firefox` a panel that cannot ask for sites itself
 */
const search = new URLSearchParams(location.search);
const STAGES = [
  ...([
    "connecting",
    "unwatchable",
    "not_allowed",
    "not_reported",
    "no_tap",
    "tap_off",
    "no_socket",
  ] as const),
  ...(["other_sockets", "connecting_socket", "closed_socket", "no_channel", "joining"] as const),
  ...(["channel_errored", "channels_refused", "no_mount", "plain_channels"] as const),
  ...(["roots_refused", "no_envelope"] as const),
];
const stage = STAGES.find((name) => name === search.get("stage"));

const session = createFakeSession({
  events: Number(search.get("events") ?? 400),
  ...{ stage, isOff: search.has("off"), isFull: search.has("full"), hasPast: search.has("past") },
  cards: Number(search.get("cards") ?? 0),
});
const surroundings = {
  ...ENVIRONMENT,
  sites: search.get("sites")?.split(",") ?? [],
  isPrivate: search.has("private"),
};
const host = createFakeHost(session.answer, surroundings, session.rows);

let isOrphaned = false;
const panel = createPanel({
  open: () => (isOrphaned ? null : host.open()),
  access: {
    url: signal(search.get("url") ?? urlAt()),
    request: search.has("firefox") ? null : () => Promise.reject(new Error("a page cannot ask for a site")),
    reload: () => dispatchEvent(new Event("harness:reloaded")),
  },
  signal: new AbortController().signal,
});

speak(english, "en");
document.documentElement.dataset.theme = search.get("theme") ?? "light";
render(h(App, { panel }), document.body);
if (stage !== "connecting") host.attach();

const tick = Number(search.get("tick") ?? 0);
function update(): void {
  session.tick();
  host.update();
}
if (tick > 0) setInterval(update, tick);
addEventListener("harness:tick", update);
addEventListener("harness:kill", host.kill);
addEventListener("harness:attach", host.attach);
addEventListener("harness:orphan", () => {
  isOrphaned = true;
  host.kill();
});

function urlAt(): string {
  if (stage === "unwatchable") return "chrome://version/";
  return stage === "not_allowed" ? "https://shop.example.com/cart" : "http://localhost:4000/shop";
}
