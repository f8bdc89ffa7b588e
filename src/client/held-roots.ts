import type { Socket } from "phoenix";
import { composeRootId } from "../wire/mount";
import type { Report } from "./report";
import { RootSession } from "./root-session";
import type { RootSpec, Wire } from "./wire";

/** One caller's hold on a root that others may hold too. */
export type Hold = {
  readonly session: RootSession;
  /** Resolves when the server has answered, or will not; at once where the root stays mounted. */
  readonly release: () => Promise<void>;
};

type Holding = {
  readonly session: RootSession;
  holders: number;
  /** Calls off the end that is near while nobody holds the root. */
  keep: (() => void) | null;
};

/** The roots of a client, each mounted once however many hold it. */
export class HeldRoots {
  readonly #socket: Socket;
  readonly #wire: Wire;
  readonly #report: Report;
  readonly #holdings = new Map<string, Holding>();

  constructor(socket: Socket, wire: Wire, report: Report) {
    this.#socket = socket;
    this.#wire = wire;
    this.#report = report;
  }

  /** Mounts the root, or takes a share in the one that is mounted or being mounted. */
  hold(spec: RootSpec): Hold {
    const key = composeRootId(spec.module, spec.id);
    const holding = this.#present(key) ?? this.#start(key, spec);
    holding.holders += 1;
    holding.keep?.();
    let released: Promise<void> | null = null;
    return {
      session: holding.session,
      release: () => {
        released ??= this.#release(key, holding);
        return released;
      },
    };
  }

  #present(key: string): Holding | undefined {
    const holding = this.#holdings.get(key);
    return holding?.session.snapshot().status === "unmounted" ? undefined : holding;
  }

  #start(key: string, spec: RootSpec): Holding {
    const session = new RootSession(this.#socket, spec, this.#wire, this.#report);
    const holding: Holding = { session, holders: 0, keep: null };
    this.#holdings.set(key, holding);
    return holding;
  }

  /** In the next task, so that who gives a root up and takes it again in one causes no traffic. */
  #release(key: string, holding: Holding): Promise<void> {
    holding.holders -= 1;
    if (holding.holders > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        if (this.#holdings.get(key) === holding) this.#holdings.delete(key);
        resolve(holding.session.close());
      }, 0);
      holding.keep = () => {
        clearTimeout(timer);
        holding.keep = null;
        resolve();
      };
    });
  }
}
