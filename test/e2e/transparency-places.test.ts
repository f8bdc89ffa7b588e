import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PageHandle, until } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { startEchoServer } from "../support/echo-server";
import { createFactsKit } from "../support/facts-kit";
import { inPanel } from "../support/panel-words";
import { observeWebSocket } from "../support/websocket-facts";

type Server = Awaited<ReturnType<typeof startEchoServer>>;
type Facts = Record<string, unknown>;

/** A place in which a page's code may run: a page that runs `script` there. `host` is the server's. */
type Place = {
  readonly title: string;
  readonly build: (server: Server, host: string, script: string) => { html: string; policy?: string };
};

const NONCE = "0123456789";

const PLACES: readonly Place[] = [
  { title: "the page itself", build: (_, __, script) => ({ html: tag(script) }) },
  {
    title: "a page with a strict policy and Trusted Types",
    build: (_, host, script) => ({
      html: tag(script),
      policy: `default-src 'none'; script-src 'nonce-${NONCE}'; connect-src ws://${host}; require-trusted-types-for 'script'`,
    }),
  },
  {
    title: "an iframe",
    build: (server, _, script) => ({ html: frame(`src="${server.publish(tag(script))}"`) }),
  },
  {
    title: "an iframe of another origin",
    build: (server, host, script) => {
      // Another name of the same machine, watched where the page is watched.
      const other = host.replace("127.0.0.1", "localhost").replace("127.0.0.2", "127.0.0.3");
      return { html: frame(`src="http://${other}${server.publish(tag(script))}"`) };
    },
  },
  {
    title: "a sandboxed iframe",
    build: (server, _, script) => ({
      html: frame(`sandbox="allow-scripts" src="${server.publish(tag(script))}"`),
    }),
  },
  {
    title: "a srcdoc iframe",
    build: (_, __, script) => ({ html: frame(`srcdoc='${quoteHtml(tag(script))}'`) }),
  },
  {
    title: "a sandboxed srcdoc iframe",
    build: (_, __, script) => ({ html: frame(`sandbox="allow-scripts" srcdoc='${quoteHtml(tag(script))}'`) }),
  },
  {
    title: "an about:blank iframe, at once",
    build: (_, __, script) => ({
      html: `<body>${tag(`document.body.append(document.createElement("iframe")); ${runInFrame(script)}`)}`,
    }),
  },
  {
    title: "an about:blank iframe, once it has loaded",
    build: (_, __, script) => ({
      html: frame("") + tag(`addEventListener("load", () => { ${runInFrame(script)} })`),
    }),
  },
];

describeInBrowsers("a page's code, wherever it runs", (stage) => {
  let server: Server;
  beforeAll(async () => {
    server = await startEchoServer();
  });
  afterAll(() => server.close());

  const openPlace = async (place: Place, host: string): Promise<PageHandle> => {
    const { html, policy } = place.build(server, host, scriptFor(host, place.title));
    const page = await stage.driver.openPage("about:blank");
    await page.goto(`http://${host}${server.publish(tag(LISTEN) + html, policy)}`);
    return page;
  };
  const factsOf = async (page: PageHandle): Promise<Facts> => {
    const text = await until("the facts of the place", () => page.evaluate(readFacts));
    return JSON.parse(text.replaceAll(/\b(127\.0\.0\.\d|localhost):\d+/g, "HOST"));
  };

  describe.each(PLACES)("in $title", (place) => {
    it("finds what it finds where nothing is watched, and is captured", async () => {
      const page = await openPlace(place, server.origin);
      const facts = await factsOf(page);
      const untapped = await openPlace(place, server.unwatched);
      expect(facts).toEqual(await factsOf(untapped));
      await untapped.close();

      const person = inPanel(await page.openPanel());
      await person.showTab("frames");
      await person.sees("[data-view=frames] [role=row]", `place:${place.title}`);
      await page.close();
    });
  });
});

/** Looks for the facts and sends a frame that names the place. The answer goes to the page around. */
function scriptFor(host: string, title: string): string {
  const url = `ws://${host}/websocket?vsn=2.0.0`;
  const frameText = JSON.stringify([null, "1", `place:${title}`, "shout", {}]);
  return `{
    const socket = new WebSocket("${url}");
    socket.onopen = () => socket.send(${JSON.stringify(frameText)});
    const __name = (inner) => inner;
    (${observeWebSocket})("${url}", (${createFactsKit})())
      .then((facts) => top.postMessage(JSON.stringify(facts), "*"), (error) => top.postMessage(String(error), "*"));
  }`;
}

const LISTEN = `addEventListener("message", ({ data }) => { document.documentElement.dataset.facts = data; })`;

function readFacts(): string | undefined {
  return document.documentElement.dataset.facts;
}

function tag(script: string): string {
  return `<script nonce="${NONCE}">${script}</script>`;
}

function frame(attributes: string): string {
  return `<iframe ${attributes}></iframe>`;
}

function quoteHtml(html: string): string {
  return html.replaceAll("&", "&amp;").replaceAll("'", "&#39;");
}

/** Runs the script inside the page's frame, whose document nobody fetched. */
function runInFrame(script: string): string {
  return `
    const { contentDocument } = document.querySelector("iframe");
    const element = contentDocument.createElement("script");
    element.textContent = ${JSON.stringify(script)};
    contentDocument.body.append(element);`;
}
