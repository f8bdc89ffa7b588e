import type { Query, View } from "../bridge/view";
import { createAnswerer } from "./answer";
import type { Answerer } from "./answerer";
import type { Scene } from "./scene";

/** One panel's watched queries. Each view is sent when it is asked for, and then only when it has changed. */
export type Watches = {
  /** False: the panel watches too much already, and this is not answered. */
  readonly watch: (id: number, query: Query, scene: Scene) => boolean;
  readonly unwatch: (id: number) => void;
  readonly update: (scene: Scene) => void;
};

/** The panel asks for far less at once; what it is not answered, it is told. */
export const MAX_WATCHES = 100;

type Watch = { readonly answer: Answerer; sent: string | null };

export function createWatches(send: (id: number, view: View) => void): Watches {
  const watches = new Map<number, Watch>();

  function refresh(id: number, watch: Watch, scene: Scene): void {
    const view = watch.answer(scene);
    if (view === null) return;
    const text = JSON.stringify(view);
    if (text === watch.sent) return;
    watch.sent = text;
    send(id, view);
  }

  return {
    watch(id, query, scene) {
      if (watches.size >= MAX_WATCHES && !watches.has(id)) return false;
      const watch: Watch = { answer: createAnswerer(query), sent: null };
      watches.set(id, watch);
      refresh(id, watch, scene);
      return true;
    },
    unwatch: (id) => watches.delete(id),
    update(scene) {
      for (const [id, watch] of watches) refresh(id, watch, scene);
    },
  };
}
