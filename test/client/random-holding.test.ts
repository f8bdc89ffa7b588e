import fc from "fast-check";
import { expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { defineSocket } from "../../src/server/musubi/define-socket";
import { defineStore } from "../../src/server/musubi/define-store";
import { assign, update } from "../../src/server/musubi/socket";
import { noreply, type Store } from "../../src/server/musubi/store";
import { requireString } from "../../src/server/payload";
import { startServer } from "../server/serving";
import { BOTH_WIRES, type WireCase } from "./both-wires";
import { connect, mountRoot, type TestClient } from "./connect";

const SEED = 90_210;
const RUNS = 60;

type Step =
  | { readonly kind: "mount" | "unmount" | "add" | "crash"; readonly id: string }
  | { readonly kind: "drop" | "rest" };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("mount" as const, "mount" as const, "unmount" as const, "add" as const),
    id: fc.constantFrom("c1", "c2", "c3"),
  }),
  fc.record({ kind: fc.constant("crash" as const), id: fc.constantFrom("c1", "c2", "c3") }),
  fc.record({ kind: fc.constantFrom("drop" as const, "rest" as const, "rest" as const) }),
);

/** A root that keeps `live` to the ids that the server has mounted. */
function createCounter(live: string[]): Store {
  return defineStore({
    module: "Test.Held",
    root: true,
    mount: (params, socket) => {
      const id = requireString(params, "id");
      live.push(id);
      return assign(socket, { id, count: 0 });
    },
    render: ({ assigns: { id, count } }) => ({ id, count }),
    commands: {
      add: (_payload, socket) => noreply(update(socket, "count", (count) => count + 1)),
      crash: () => {
        throw new Error("asked to crash");
      },
    },
    terminate: (_reason, { assigns: { id } }) => {
      live.splice(live.indexOf(id), 1);
    },
  });
}

it.each(BOTH_WIRES)(
  `whatever happens, what is held gets mounted, and nothing else: $name (seed ${SEED})`,
  async (wireCase) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), (program) => runProgram(wireCase, program)),
      { seed: SEED, numRuns: RUNS },
    );
  },
  120_000,
);

async function runProgram({ name, wire }: WireCase, program: readonly Step[]): Promise<void> {
  const live: string[] = [];
  const server = await startServer(defineSocket({ roots: [createCounter(live)], wire: name }));
  const connected = connect(server.url, wire);
  const held = new Map<string, Promise<Root>[]>();
  try {
    for (const next of program) await take(next, connected, held);
    const wanted: string[] = [];
    for (const [id, mounts] of held) if (await isHeld(mounts)) wanted.push(id);
    await expect.poll(() => [...live].sort(), { timeout: 5_000 }).toEqual(wanted.sort());
  } finally {
    connected.socket.disconnect();
    await server.close();
  }
}

/** Whether one of these mounts is of use. One that was under way when its connection crashed has failed. */
async function isHeld(mounts: readonly Promise<Root>[]): Promise<boolean> {
  let isAnyHeld = false;
  for (const mount of await Promise.allSettled(mounts)) {
    if (mount.status === "rejected") continue;
    isAnyHeld = true;
    // A crash may still be on its way.
    await expect.poll(async () => (await mount.value.command([], "add")).ok, { timeout: 5_000 }).toBe(true);
  }
  return isAnyHeld;
}

async function take(
  next: Step,
  { client, dropTransport }: TestClient,
  held: Map<string, Promise<Root>[]>,
): Promise<void> {
  switch (next.kind) {
    case "mount": {
      const mounting = mountRoot(client, "Test.Held", { id: next.id }, next.id);
      mounting.catch(() => {});
      held.set(next.id, [...(held.get(next.id) ?? []), mounting]);
      break;
    }
    case "unmount": {
      const mounting = held.get(next.id)?.pop();
      void mounting?.then((root) => root.unmount()).catch(() => {});
      break;
    }
    case "add":
    case "crash": {
      const mounting = held.get(next.id)?.[0];
      void mounting?.then((root) => root.command([], next.kind)).catch(() => {});
      break;
    }
    case "drop":
      dropTransport();
      break;
    case "rest":
      await new Promise((resolve) => setTimeout(resolve, 10));
      break;
    default:
      next satisfies never;
  }
}
