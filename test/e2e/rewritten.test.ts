import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowsers } from "../support/browser";
import { startEchoServer } from "../support/echo-server";
import { inPanel } from "../support/panel-words";

describeInBrowsers("a page that opens its document anew, and so drops all listeners", (stage) => {
  let server: Awaited<ReturnType<typeof startEchoServer>>;
  beforeAll(async () => {
    server = await startEchoServer();
  });
  afterAll(() => server.close());

  it("is kept to its end", async () => {
    const page = await stage.driver.openPage(`http://${server.origin}${server.publish("<p>first</p>")}`);
    const panel = await page.openPanel();
    expect(await page.evaluate(rewrite, `ws://${server.origin}/websocket?vsn=2.0.0`)).toBe("again");
    const person = inPanel(panel);
    await person.showTab("frames");
    await person.sees("[data-view=frames] [role=row]", "says:hello");

    await page.goto(`http://${server.origin}${server.publish("<p>second</p>")}`);
    await person.click("[data-action=show-past]");
    await person.sees("[data-view=frames] [role=row]", "the page is being left");
    await page.close();
  });
});

/** Runs in the page: writes the document anew, and lets it say something. */
async function rewrite(url: string): Promise<string | null> {
  document.open();
  document.write("<p>again</p>");
  document.close();
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  socket.send(JSON.stringify([null, "1", "says:hello", "shout", {}]));
  return document.body.textContent;
}
