import { h, render } from "preact";
import { createPanel } from "../../src/panel/model/panel";
import { App } from "../../src/panel/view/App";
import { createFakeHost } from "./fake-host";
import { createFakeSession } from "./fake-session";

/**
 * The panel as an ordinary page over a made-up session. In the page's address: `events` how many there are, `stage` how
 * far the capture has come, `theme`, and `tick`, the milliseconds between updates (none without it).
 */
const search = new URLSearchParams(location.search);
const STAGES = ["page_not_watched", "no_tap", "no_socket", "no_channel", "no_root"] as const;
const stage = STAGES.find((name) => name === search.get("stage"));

const session = createFakeSession({
  events: Number(search.get("events") ?? 400),
  ...(stage === undefined ? {} : { stage }),
});
const host = createFakeHost(session.answer);
const panel = createPanel({ open: host.open, signal: new AbortController().signal });

document.documentElement.dataset.theme = search.get("theme") ?? "light";
render(h(App, { panel }), document.body);
if (search.get("stage") !== "connecting") host.attach();

const tick = Number(search.get("tick") ?? 0);
function update(): void {
  session.tick();
  host.update();
}
if (tick > 0) setInterval(update, tick);
addEventListener("harness:tick", update);
addEventListener("harness:kill", host.kill);
addEventListener("harness:attach", host.attach);
