import { failure, type Result, success } from "../../wire/result";
import type { ChannelHandle } from "../phoenix/channel-handle";
import type { ConnectionView } from "../phoenix/connection/connections";
import type { WrapTransport } from "../phoenix/wrapped-transport";
import { backgroundTimers, type Timers } from "../timers";
import { ActiveFault, type FaultTarget } from "./active-fault";
import type { Fault, LinkFault } from "./fault";
import { FaultyLink } from "./faulty-link";
import { describeNothing, isDoneAtOnce, startLinkFault, startsAtOnce } from "./link-fault";
import { createRandom, type Random } from "./random";

/** An injected fault: what clears it (null: it is done already), and on which connections it is. */
type Injection = { readonly id: number | null; readonly connections: readonly number[] };

export type FaultView = {
  readonly id: number;
  readonly target: FaultTarget;
  readonly fault: Fault;
  /** How many frames matched it, and on how many of them it acted. */
  readonly seen: number;
  readonly acted: number;
};

/** What the faults need of the endpoint whose transports they wrap. */
export type FaultyEndpoint = { readonly connections: () => readonly ConnectionView[] };

/**
 * Faults for the connections of one endpoint, for development only:
 *
 *     const faults = createFaults();
 *     const endpoint = createEndpoint({ sockets, log, wrapTransport: faults.wrapTransport });
 *     faults.attach(endpoint);
 *     faults.inject("all", { kind: "delay", ms: 200, jitter: 50 });
 */
export type Faults = {
  readonly wrapTransport: WrapTransport;
  /** To be called once the endpoint is there: only it knows which connections live, and their channels. */
  readonly attach: (endpoint: FaultyEndpoint) => void;
  readonly connections: () => readonly ConnectionView[];
  /**
   * Does it at once, or keeps it until it is spent, cleared or, on one connection, that connection has closed. `all` is
   * every connection, also those that open later; `next` the one that opens next. A `drop` or `crash_store` that waits
   * for no frame is done and forgotten. The failure is a sentence.
   */
  readonly inject: (target: FaultTarget, fault: Fault) => Result<Injection, string>;
  /** In the order in which they were injected. */
  readonly list: () => readonly FaultView[];
  /** Ends a fault: what it holds back goes on, in order. False where there is none of this id. */
  readonly clear: (id: number) => boolean;
  /** The same for all, or all of one target; how many there were. */
  readonly clearAll: (target?: FaultTarget) => number;
  /** Whose channel this is; null where it has ended. */
  readonly connectionOf: (channel: ChannelHandle) => number | null;
};

type FaultsOptions = {
  /** All that is left to chance. The same for the same seed where nothing is given. */
  readonly random?: Random;
  readonly timers?: Timers;
};

/** More at a time are refused. */
const MAX_FAULTS = 1_000;
const SEED = 1;

export function createFaults({
  random = createRandom(SEED),
  timers = backgroundTimers,
}: FaultsOptions = {}): Faults {
  return new FaultRegistry(random, timers);
}

class FaultRegistry implements Faults {
  readonly #random: Random;
  readonly #timers: Timers;
  readonly #links = new Map<number, FaultyLink>();
  /** What ends a fault by itself, where it has a time. */
  readonly #endings = new Map<ActiveFault, () => void>();
  #active: readonly ActiveFault[] = [];
  #lastId = 0;
  #endpoint: FaultyEndpoint | null = null;
  /** The number of links at which those of closed connections are looked for. */
  #pruneAt = MAX_FAULTS;

  constructor(random: Random, timers: Timers) {
    this.#random = random;
    this.#timers = timers;
  }

  wrapTransport: WrapTransport = (raw, about) => {
    if (this.#links.size >= this.#pruneAt) this.#prune();
    const link: FaultyLink = new FaultyLink(raw, about, {
      random: this.#random,
      timers: this.#timers,
      active: () => this.#active,
      start: (active, fault, topic) => this.#start(active, fault, link, topic),
    });
    this.#links.set(about.id, link);
    for (const active of this.#active) this.#startOnOpened(active, link);
    return link;
  };

  attach = (endpoint: FaultyEndpoint): void => {
    if (this.#endpoint !== null && this.#endpoint !== endpoint) {
      throw new Error("These faults are attached to another endpoint. Create faults for each endpoint.");
    }
    this.#endpoint = endpoint;
  };

  connections = (): readonly ConnectionView[] => this.#endpoint?.connections() ?? [];

  inject = (target: FaultTarget, fault: Fault): Result<Injection, string> => {
    if (this.#endpoint === null)
      return failure("The faults are attached to no endpoint. Call their `attach`.");
    this.#prune();
    const links = this.#linksOf(target);
    if (typeof target === "number" && links.length === 0) {
      return failure(`There is no connection ${target}: it has closed, or never was.`);
    }
    if (this.#active.length >= MAX_FAULTS) {
      return failure(`There are ${MAX_FAULTS} faults already. Clear some before you inject more.`);
    }
    this.#lastId += 1;
    const active = new ActiveFault(this.#lastId, target, fault);
    const connections = links.map(({ about }) => about.id);
    if (!startsAtOnce(fault) || target === "next") {
      this.#active = [...this.#active, active];
      return success({ id: active.id, connections });
    }
    const hadEffect = links.filter((link) => this.#start(active, fault, link, null));
    if (!isDoneAtOnce(fault)) this.#active = [...this.#active, active];
    else if (hadEffect.length === 0) return failure(describeNothing(fault, target));
    return success({ id: isDoneAtOnce(fault) ? null : active.id, connections });
  };

  list = (): readonly FaultView[] => {
    this.#prune();
    return this.#active.map(({ id, target, fault, seen, acted }) => ({ id, target, fault, seen, acted }));
  };

  clear = (id: number): boolean => {
    const active = this.#active.find((candidate) => candidate.id === id);
    if (active !== undefined) this.#end(active);
    return active !== undefined;
  };

  clearAll = (target?: FaultTarget): number => {
    const ended = this.#active.filter((active) => target === undefined || active.target === target);
    for (const active of ended) this.#end(active);
    return ended.length;
  };

  connectionOf = (channel: ChannelHandle): number | null => {
    const own = this.connections().find((view) => view.channels().some(({ handle }) => handle === channel));
    return own?.id ?? null;
  };

  /** A connection has opened: faults that wait for one are on it from now on. */
  #startOnOpened(active: ActiveFault, link: FaultyLink): void {
    const { fault, target } = active;
    if (target === "next") active.target = link.about.id;
    if (!active.isOn(link.about.id) || !startsAtOnce(fault)) return;
    if (!isDoneAtOnce(fault)) return void this.#start(active, fault, link, null);
    // Its endpoint does not know the connection before this call has returned.
    this.#timers.after(0, () => {
      this.#start(active, fault, link, null);
      this.#end(active);
    });
  }

  #start(active: ActiveFault, fault: LinkFault, link: FaultyLink, topic: string | null): boolean {
    active.begin(!isDoneAtOnce(fault));
    if ("ms" in fault && fault.ms !== undefined && !this.#endings.has(active)) {
      this.#endings.set(
        active,
        this.#timers.after(fault.ms, () => this.#end(active)),
      );
    }
    return startLinkFault(fault, active, link, topic, this.connections());
  }

  #end(active: ActiveFault): void {
    this.#active = this.#active.filter((candidate) => candidate !== active);
    this.#endings.get(active)?.();
    this.#endings.delete(active);
    for (const link of this.#links.values()) link.release(active);
  }

  #linksOf(target: FaultTarget): readonly FaultyLink[] {
    const links = [...this.#links.values()];
    return target === "all" ? links : links.filter(({ about }) => about.id === target);
  }

  /** Forgets what belongs to connections that have closed, and the faults that are over. */
  #prune(): void {
    const live = new Set(this.connections().map(({ id }) => id));
    for (const [id, link] of this.#links) {
      if (live.has(id)) continue;
      link.end();
      this.#links.delete(id);
    }
    this.#pruneAt = Math.max(MAX_FAULTS, this.#links.size * 2);
    for (const active of this.#active) if (isOver(active, live)) this.#end(active);
  }
}

function isOver(active: ActiveFault, live: ReadonlySet<number>): boolean {
  return active.isOver || (typeof active.target === "number" && !live.has(active.target));
}
