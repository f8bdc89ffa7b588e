import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Server } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { connect, mountRoot, snapshotWhen } from "../client/connect";
import { closeServer, portOf } from "../support/servers";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

it("the server that the README shows serves the store that it shows", async () => {
  const server = await runExample();
  const { socket, client } = connect(`ws://127.0.0.1:${portOf(server)}/socket`);
  undo.push(() => socket.disconnect());
  const cart = await mountRoot(client, "Shop.Cart", { owner: "Ada" });
  expect(cart.snapshot().state).toMatchObject({ owner: "Ada", total: 0 });
  expect(await cart.command([], "add")).toEqual({ ok: true, value: { added: 4 } });
  const { state } = await snapshotWhen(cart, ({ version }) => version === 2);
  expect(state).toMatchObject({ total: 4 });
});

/** Runs the README's example as it stands, on a port of the system's choice instead of the one that it names. */
async function runExample(): Promise<Server> {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const [, example = ""] = /```ts\n([^`]*createEndpoint[^`]*)```/.exec(readme) ?? [];
  expect(example).toContain("server.listen(4000);");
  await mkdir(join(ROOT, "dist"), { recursive: true });
  const folder = await mkdtemp(join(ROOT, "dist", "readme-"));
  undo.push(() => rm(folder, { recursive: true }));
  const file = join(folder, "example.ts");
  const code = example.replaceAll('"./src/', `"${ROOT}src/`).replace("listen(4000)", "listen(0)");
  await writeFile(file, `${code}\nexport { server };\n`);
  const { server }: { readonly server: unknown } = await import(/* @vite-ignore */ file);
  if (!(server instanceof Server)) throw new Error("The example makes no server.");
  undo.push(() => closeServer(server));
  return server;
}
