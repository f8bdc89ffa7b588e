import { describe, expect, it } from "vitest";
import { defineStore } from "../../../src/server/musubi/define-store";
import type { PatchEnvelope } from "../../../src/server/musubi/envelope";
import { Page } from "../../../src/server/musubi/page";
import { assign, update } from "../../../src/server/musubi/socket";
import { noreply } from "../../../src/server/musubi/store";

const counter = defineStore({
  module: "Test.Counter",
  root: true,
  mount: (_params, socket) => assign(socket, { count: 0 }),
  render: ({ assigns: { count } }) => ({ count }),
  commands: {
    add: async (payload, socket) => {
      await new Promise((resolve) => setTimeout(resolve, Number(payload.after)));
      return noreply(update(socket, "count", (count) => count + 1));
    },
    crash: () => Promise.reject(new Error("the handler crashes")),
  },
});

async function startPage() {
  const envelopes: PatchEnvelope[] = [];
  const page = await Page.start({
    store: counter,
    root_id: "Test.Counter:c1",
    params: {},
    emit: (envelope) => envelopes.push(envelope),
  });
  const run = (name: string, after = 0) => page.command({ store_id: [], name, payload: { after } });
  return { page, envelopes, run };
}

describe("a page", () => {
  it("has emitted its first envelope when it has started", async () => {
    const { envelopes } = await startPage();
    expect(envelopes).toMatchObject([{ base_version: 0, version: 1, ops: [{ op: "replace", path: "" }] }]);
  });

  it("runs one command at a time, in their order, however long each takes", async () => {
    const { envelopes, run } = await startPage();
    await Promise.all([run("add", 20), run("add", 0), run("add", 5)]);
    expect(envelopes.slice(1)).toMatchObject([
      { version: 2, ops: [{ value: 1 }] },
      { version: 3, ops: [{ value: 2 }] },
      { version: 4, ops: [{ value: 3 }] },
    ]);
  });

  it("rejects with what a handler rejects with", async () => {
    const { run } = await startPage();
    await expect(run("crash")).rejects.toThrow("the handler crashes");
  });

  it("emits nothing once it is stopped, not even for a command that already runs", async () => {
    const { page, envelopes, run } = await startPage();
    const running = run("add", 5);
    page.stop();
    await running;
    expect(envelopes).toHaveLength(1);
  });
});
