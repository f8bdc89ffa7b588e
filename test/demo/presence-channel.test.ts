import { type Channel, Presence } from "phoenix";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DemoScene, openScene } from "./demo-scene";

describe("presence:*", () => {
  let scene: DemoScene;

  beforeEach(async () => {
    scene = await openScene({});
  });

  afterEach(() => scene.close());

  function join(params: object): { readonly channel: Channel; readonly names: () => readonly string[] } {
    const channel = scene.visit().socket.channel("presence:room", params);
    const presence = new Presence(channel);
    channel.join();
    const names = () =>
      presence.list((name: string, { metas }: { metas: readonly unknown[] }) => `${name}/${metas.length}`);
    return { channel, names };
  }

  it("tells everyone who is there, who comes and who goes", async () => {
    const ada = join({ name: "Ada" });
    await expect.poll(ada.names).toEqual(["Ada/1"]);
    const bob = join({ key: "Bob" });
    const again = join({ name: " Ada " });
    for (const { names } of [ada, bob, again]) {
      await expect.poll(() => [...names()].sort()).toEqual(["Ada/2", "Bob/1"]);
    }
    again.channel.leave();
    await expect.poll(() => [...ada.names()].sort()).toEqual(["Ada/1", "Bob/1"]);
    bob.channel.leave();
    await expect.poll(ada.names).toEqual(["Ada/1"]);
  });

  it("takes a user's number for a name, and knows who says none as anonymous", async () => {
    const { names } = join({ user_id: 7 });
    join({ name: " " });
    await expect.poll(() => [...names()].sort()).toEqual(["7/1", "anonymous/1"]);
  });
});
