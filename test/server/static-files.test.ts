import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveFolder } from "../../src/server/static-files";

type Answer = {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
};

let folder: string;
let server: Server;
let port = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "static-files-"));
  await mkdir(join(folder, "demo/assets"), { recursive: true });
  await mkdir(join(folder, "demo-secret"));
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "demo-secret/secret.txt"), "secret");
  await writeFile(join(folder, "demo/index.html"), "<h1>demo</h1>");
  await writeFile(join(folder, "demo/assets/a b.js"), "1");
  await writeFile(join(folder, "demo/assets/index.html"), "assets");
  await writeFile(join(folder, "demo/data.bin"), "bytes");
  const answer = serveFolder(join(folder, "demo"));
  server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address === "object" && address !== null) port = address.port;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

/** Sends the path as it stands, where `fetch` would tidy it up first. */
function ask(path: string, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, method, agent: false }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode, type: response.headers["content-type"], body }),
      );
    });
    asked.on("error", reject).end();
  });
}

describe("a folder that is served", () => {
  it.each([
    ["/", "text/html; charset=utf-8", "<h1>demo</h1>"],
    ["/?x=1", "text/html; charset=utf-8", "<h1>demo</h1>"],
    ["/index.html", "text/html; charset=utf-8", "<h1>demo</h1>"],
    ["/assets/", "text/html; charset=utf-8", "assets"],
    ["/assets/a%20b.js", "text/javascript; charset=utf-8", "1"],
    ["/data.bin", "application/octet-stream", "bytes"],
    ["/assets/../index.html", "text/html; charset=utf-8", "<h1>demo</h1>"],
  ])("answers %s", async (path, type, body) => {
    expect(await ask(path)).toEqual({ status: 200, type, body });
  });

  it.each([
    "/missing.html",
    "/assets",
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/../../secret.txt",
    "/../demo-secret/secret.txt",
    "//secret.txt",
    "/..%5csecret.txt",
    "/%00",
    "/%zz",
  ])("has nothing at %s", async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body).not.toBe("secret");
  });

  it("answers HEAD without a body, and no other method", async () => {
    expect(await ask("/", "HEAD")).toMatchObject({ status: 200, body: "" });
    expect(await ask("/", "POST")).toMatchObject({ status: 405 });
  });
});
