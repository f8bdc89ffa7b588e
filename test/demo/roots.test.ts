import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDemoSocket } from "../../src/demo/stores/demo-socket";
import { mountRoot } from "../client/connect";
import { type DemoScene, openScene, WIRES } from "./demo-scene";

const MODULES = createDemoSocket().roots.map(({ module }) => module);

describe.each(WIRES)("every root of the demo, %s", (wire) => {
  let scene: DemoScene;

  beforeEach(async () => {
    scene = await openScene({ wire });
  });

  afterEach(() => scene.close());

  it("is mounted without params, all of them on one page", async () => {
    expect(MODULES).toContain("Demo.CounterStore");
    const { client } = scene.visit();
    for (const module of MODULES) {
      const root = await mountRoot(client, module, {}, module);
      expect(root.snapshot()).toMatchObject({ status: "mounted" });
    }
  });
});
