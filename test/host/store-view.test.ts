import { describe, expect, it } from "vitest";
import type { StoreView } from "../../src/bridge/view";
import type { Answerer } from "../../src/host/answerer";
import type { Scene } from "../../src/host/scene";
import { answerStore } from "../../src/host/store-view";
import { frames } from "../support/frames";
import { createLifeScene } from "../support/life-scene";

const ROOT = { connection: 1, topic: "musubi:connection", root_id: "c1" };

/** Version 2 changes the child, version 3 the root store. */
const SESSION = frames`> join < ok > mount Shop.Cart c1 < ok
  < v1 {total: 0, child: {"__musubi_store_id__": ["child"], n: 0}} < v2 /child/n=1 < v3 /total=1`;

function look(answer: Answerer, scene: Scene): StoreView {
  const view = answer(scene);
  if (view?.kind !== "store") throw new Error("no store");
  return view;
}

describe("a store", () => {
  it("is told the version of its root, and is the same value as long as it has not changed itself", () => {
    const scene = createLifeScene(SESSION);
    const root = answerStore({ kind: "store", root: ROOT, store_id: [] });
    const [first, second, third] = [7, 8, 9].map((seq) => look(root, sceneAt(scene.scene(seq), seq)));
    expect([first?.version, second?.version, third?.version]).toEqual([1, 2, 3]);
    expect(second?.value).toBe(first?.value);
    expect(third?.value).toMatchObject({ total: 1 });

    const child = answerStore({ kind: "store", root: ROOT, store_id: ["child"] });
    const values = [7, 8, 9].map((seq) => look(child, sceneAt(scene.scene(seq), seq)).value);
    expect(values).toMatchObject([{ n: 0 }, { n: 1 }, { n: 1 }]);
    expect(values[2]).toBe(values[1]);
  });
});

/** What the roots held then, which a scene of the present does not tell. */
function sceneAt(scene: Scene, seq: number): Scene {
  return {
    ...scene,
    contentOf({ history }) {
      const then = createLifeScene(SESSION.slice(0, seq)).scene().faces()[0]?.roots[0]?.live;
      return then?.content() ?? history.now();
    },
  };
}
