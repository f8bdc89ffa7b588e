import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { serveFolder } from "../../../src/server/static-files";
import { portOf } from "../server/bare-server";
import { HOSTS } from "../tap/echo-site";

/** The built panel as an ordinary page, and what feeds it. */
export type PanelSite = {
  readonly viewer: string;
  /** A page with nothing in it: what its frames miss is the machine's own doing. */
  readonly empty: string;
  /** Paths of the scripts and the session that `openFeed` takes. */
  readonly feed: string;
  readonly session: string;
  readonly host: string;
  readonly close: () => void;
};

const PATHS = { empty: "/bench/empty.html", feed: "/bench/feed.js", session: "/bench/session.json" } as const;

/**
 * Serves the built extension in `folder` where the extension itself does not watch.
 * @param feed the script of the feed's worker
 * @param session what it sends, as JSON
 */
export async function servePanelSite(folder: string, feed: string, session: string): Promise<PanelSite> {
  const made = new Map<string, { readonly type: string; readonly text: string }>([
    [PATHS.empty, { type: "text/html; charset=utf-8", text: "<!doctype html><title>Empty</title>" }],
    [PATHS.feed, { type: "text/javascript; charset=utf-8", text: feed }],
    [PATHS.session, { type: "application/json; charset=utf-8", text: session }],
  ]);
  const serve = serveFolder(folder);
  const server = createServer((request, response) => {
    const found = made.get(request.url ?? "");
    if (found === undefined) return void serve(request, response);
    response.setHeader("content-type", found.type);
    response.end(found.text);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, HOSTS.unwatched, resolve);
  });
  const origin = `http://${HOSTS.unwatched}:${portOf(server.address())}`;
  return {
    viewer: `${origin}/src/viewer/viewer.html`,
    empty: origin + PATHS.empty,
    ...{ feed: PATHS.feed, session: PATHS.session, host: hostScript(folder) },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The viewer's host, whose name has a hash of its content in it. */
function hostScript(folder: string): string {
  const name = readdirSync(`${folder}/assets`).find((file) => /^host\.worker-.*\.js$/.test(file));
  if (name === undefined) throw new Error("The viewer's host was not built.");
  return `/assets/${name}`;
}
