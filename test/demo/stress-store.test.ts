import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mountRoot } from "../client/connect";
import { type DemoScene, eventually, openScene, WIRES } from "./demo-scene";

describe.each(WIRES)("the stores that tick, %s", (wire) => {
  let scene: DemoScene;

  beforeEach(async () => {
    scene = await openScene({ wire });
  });

  afterEach(() => scene.close());

  const mount = (params: object) => mountRoot(scene.visit().client, "Demo.StressStore", params);

  it("are as many as one asks for, and change as many at a time", async () => {
    const root = await mount({ count: 4, share: 50 });
    await eventually(root, {
      count: 4,
      ticks: 0,
      stores: [{ id: "s1", value: 0 }, { value: 7 }, { value: 14 }, { value: 21 }],
    });
    await root.command([], "tick");
    await eventually(root, { ticks: 1, stores: [{ value: 7 }, { value: 14 }, { value: 14 }, { value: 21 }] });
    await root.command([], "tick");
    await eventually(root, { ticks: 2, stores: [{ value: 7 }, { value: 14 }, { value: 21 }, { value: 28 }] });
    await root.command([], "configure", { count: 2, share: 100 });
    await eventually(root, { count: 2, stores: [{ value: 7 }, { value: 14 }] });
    await root.command([], "configure", { count: 3 });
    await eventually(root, { stores: [{ value: 7 }, { value: 14 }, { value: 14 }] });
  });

  it("tick by themselves from start to stop", async () => {
    const root = await mount({ count: 3, hz: 60 });
    await root.command([], "start");
    await expect.poll(() => root.snapshot().version).toBeGreaterThan(4);
    await root.command([], "stop");
    await eventually(root, { running: false });
    const { version } = root.snapshot();
    await root.command([], "configure", { hz: 59 });
    await eventually(root, { hz: 59 });
    // Nothing but this command's own envelope came after the one of the stop.
    expect(root.snapshot().version).toBe(version + 1);
  });

  it.each([[{ count: 0 }], [{ count: 2_001 }], [{ hz: 61 }], [{ share: 0 }], [{ count: 1.5 }]])(
    "are not %j",
    async (settings) => {
      const root = await mount({});
      expect(await root.command([], "configure", settings)).toMatchObject({ value: { ok: false } });
    },
  );
});
