import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { assertNever } from "../../src/wire/assert-never";
import { NEWS, Orders } from "./random-actions";
import { type Action, actions, beginning, lateActions, type Outcome, outcome } from "./random-plans";
import type { PageRecord } from "./random-records";
import { type Rig, ROOT_MODULES } from "./random-rigs";
import { storeIdsIn, Witness } from "./random-witness";

type Step =
  /** A command to one of the stores that the client sees. */
  | {
      readonly kind: "do";
      readonly root: number;
      readonly which: number;
      readonly actions: readonly Action[];
    }
  /** One of the tasks ends; the one of -1 is the last of the last root. */
  | { readonly kind: "settle"; readonly which: number; readonly outcome: Outcome }
  /** The server publishes something of its own accord. */
  | { readonly kind: "publish"; readonly actions: readonly Action[] }
  /** A root is mounted, or unmounted where it is. */
  | { readonly kind: "toggle"; readonly root: number; readonly actions: readonly Action[] }
  /** Waits until the clients are where the server is. */
  | { readonly kind: "rest" }
  | LossStep;

type LossStep =
  | { readonly kind: "drop" | "cut"; readonly isAwaited: boolean }
  | { readonly kind: "crash"; readonly root: number };

const root = fc.nat(ROOT_MODULES.length - 1);
const told = fc.record({ kind: fc.constant("do" as const), root, which: fc.nat(20), actions });
const settled = fc.record({ kind: fc.constant("settle" as const), which: fc.nat(20), outcome });
const calm: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: told },
  { weight: 5, arbitrary: settled },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("publish" as const), actions: lateActions }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("toggle" as const), root, actions: beginning }) },
  { weight: 1, arbitrary: fc.constant({ kind: "rest" as const }) },
);
/** A value that comes, and is loaded again. */
const reload: fc.Arbitrary<readonly Step[]> = fc
  .record({
    root,
    which: fc.nat(20),
    key: fc.constantFrom("user" as const, "cart" as const),
    first: outcome,
    last: outcome,
  })
  .map(({ root, which, key, first, last }) => {
    const load = { kind: "do", root, which, actions: [{ do: "assign_async", key, reset: false }] } as const;
    const end = { kind: "settle", which: -1 } as const;
    return [load, { ...end, outcome: { ...first, kind: "ok" } }, load, { ...end, outcome: last }];
  });
const loss: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom("drop" as const, "cut" as const), isAwaited: fc.boolean() }),
  fc.record({ kind: fc.constant("crash" as const), root }),
);

/** The first of the roots is mounted from the start, and begins with `begin`. */
export type Program = { readonly begin: readonly Action[]; readonly steps: readonly Step[] };

export const calmPrograms: fc.Arbitrary<Program> = programsOf(calm);
/** With connections that break and roots that crash. */
export const roughPrograms: fc.Arbitrary<Program> = programsOf(
  fc.oneof({ weight: 6, arbitrary: calm }, { weight: 1, arbitrary: loss }),
);

function programsOf(step: fc.Arbitrary<Step>): fc.Arbitrary<Program> {
  const parts = fc.oneof(
    { weight: 12, arbitrary: step.map((one) => [one]) },
    { weight: 1, arbitrary: reload },
  );
  return fc.record({
    begin: beginning,
    steps: fc.array(parts, { minLength: 1, maxLength: 12, size: "max" }).map((all) => all.flat()),
  });
}

/** How long anything may take that has to happen, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Runs a program on roots of its own, whose ids begin with `name`; throws where the law is broken. */
export async function runProgram(rig: Rig, name: string, { begin, steps }: Program): Promise<void> {
  const run = new ProgramRun(rig, name);
  try {
    await run.take({ kind: "toggle", root: 0, actions: begin });
    for (const step of steps) await run.take(step);
    await run.finish();
  } finally {
    await run.end();
  }
}

class ProgramRun {
  readonly #rig: Rig;
  readonly #name: string;
  readonly #witnesses = new Map<number, Witness>();
  readonly #ended: Witness[] = [];
  #outstanding: Promise<unknown>[] = [];

  constructor(rig: Rig, name: string) {
    this.#rig = rig;
    this.#name = name;
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case "do":
        this.#tell(step.root, step.which, step.actions);
        break;
      case "settle":
        await this.#settle(step.which, step.outcome);
        break;
      case "publish":
        this.#rig.server.endpoint.handle.pubsub.publish(NEWS, new Orders(step.actions));
        break;
      case "toggle":
        await this.#toggle(step.root, step.actions);
        break;
      case "rest":
        await this.#rest();
        break;
      case "crash":
        this.#tell(step.root, 0, [{ do: "crash" }]);
        break;
      case "drop":
      case "cut":
        await this.#lose(step);
        break;
      default:
        assertNever(step);
    }
  }

  /** All roots come to rest, and the async values are what came of their tasks. */
  async finish(): Promise<void> {
    await this.#rest();
    const faults = this.#faults();
    for (const { id } of this.#witnesses.values()) {
      const page = this.#rig.world.pagesOf(id).at(-1);
      if (page !== undefined) faults.push(...asyncFaults(page));
    }
    if (faults.length > 0) throw new Error(faults.join("\n"));
  }

  /** Unmounts what is left, so that another program can run. */
  async end(): Promise<void> {
    await Promise.all([...this.#witnesses.values()].map(({ root: mounted }) => mounted.unmount()));
    this.#rig.world.forget();
    this.#rig.problems.length = 0;
  }

  #tell(root: number, which: number, told: readonly Action[]): void {
    const witness = [...this.#witnesses.values()][root % Math.max(this.#witnesses.size, 1)];
    if (witness === undefined) return;
    const ids = storeIdsIn(witness.root.snapshot().state);
    const order = this.#order(told);
    this.#outstanding.push(witness.root.command(ids[which % ids.length] ?? [], "do", { order }));
  }

  #order(told: readonly Action[]): number {
    return this.#rig.world.orders.push(new Orders(told)) - 1;
  }

  /** Behind all commands, so that it is known what is waited for when it ends. */
  async #settle(which: number, how: Outcome): Promise<void> {
    await this.#answers();
    const waiting = [...this.#witnesses.values()].flatMap(({ id }) => {
      const page = this.#rig.world.pagesOf(id).at(-1);
      return [...(page?.tasks ?? [])].map((end) => ({ end, page }));
    });
    const chosen = waiting.at(which % Math.max(waiting.length, 1));
    chosen?.page?.tasks.delete(chosen.end);
    chosen?.end(how);
  }

  async #answers(): Promise<void> {
    const outstanding = this.#outstanding;
    this.#outstanding = [];
    await Promise.all(outstanding);
  }

  async #toggle(root: number, begin: readonly Action[]): Promise<void> {
    const mounted = this.#witnesses.get(root);
    if (mounted !== undefined) {
      this.#witnesses.delete(root);
      this.#ended.push(mounted);
      await mounted.root.unmount();
      return;
    }
    const { client, world } = this.#rig;
    const id = `${this.#name}, root ${root}, ${this.#ended.length}`;
    const params = { id, order: this.#order(begin) };
    const mount = await client.mount({ module: ROOT_MODULES[root] ?? "", id, params });
    if (!mount.ok) throw new Error(`${id} was not mounted: ${JSON.stringify(mount.failure)}`);
    this.#witnesses.set(root, new Witness(mount.value, id, world));
  }

  async #lose({ kind, isAwaited }: Extract<LossStep, { readonly kind: "drop" | "cut" }>): Promise<void> {
    const pages = [...this.#witnesses.values()].flatMap(({ id }) => this.#rig.world.pagesOf(id).slice(-1));
    if (kind === "drop") this.#rig.drop();
    else this.#rig.cut();
    await this.#until(
      () => pages.every(({ isEnded }) => isEnded),
      "the server to see that its client is gone",
    );
    if (isAwaited) await this.#rest();
  }

  async #rest(): Promise<void> {
    await this.#answers();
    for (const witness of this.#witnesses.values()) {
      const isThere = () => witness.caughtUp() !== null;
      // What waits for the root's page is done before the command.
      const answers = async () => isThere() && (await witness.root.command([], "nothing")).ok;
      await this.#until(answers, `${witness.id} to answer`);
      await this.#until(isThere, `${witness.id} to be where its server is`);
    }
  }

  #faults(): string[] {
    const { world, problems } = this.#rig;
    const witnesses = [...this.#ended, ...this.#witnesses.values()];
    return [...world.problems, ...problems, ...witnesses.flatMap((witness) => witness.faults())];
  }

  /** Waits no longer than until the law is broken anyhow. */
  async #until(isIt: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await isIt())) {
      const faults = this.#faults();
      if (performance.now() > deadline) faults.push(`Waited in vain for ${what}.`);
      if (faults.length > 0) throw new Error(faults.join("\n"));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

function asyncFaults({ stores }: PageRecord): readonly string[] {
  return stores.flatMap(({ storeId, shown, async }) => {
    const wanted = new Map([...async].map(([key, { task: _task, ...known }]) => [key, known]));
    if (isDeepStrictEqual(wanted, shown?.async)) return [];
    const [known, had] = [wanted, shown?.async ?? []].map((of) => JSON.stringify([...of]));
    return [`The async values of ${JSON.stringify(storeId)} must be ${known}, but are ${had}.`];
  });
}
