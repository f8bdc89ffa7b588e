import type { Json, JsonObject } from "../../wire/json";
import type { StoreId } from "./socket";

/** Where something happened. `root` is null on the adapter variant, which has no root ids. */
type Place = { readonly root: string | null; readonly module: string; readonly storeId: StoreId };
type RootPlace = { readonly root: string | null; readonly module: string };

/** How long something took, in milliseconds with fractions. */
type Duration = { readonly duration: number };
type Nothing = Record<never, never>;

type InCommand = Place & { readonly command: string };
type InTask = Place & { readonly name: string };

/** A connect or a join was refused, or a `beforeCommand` hook halted a command with this reply. */
type Denial =
  | { readonly topic: string | null; readonly reason: string }
  | (InCommand & { readonly reply: JsonObject });

/** What is measured, and what else is known, by event (wire.md 14). */
export type TelemetryEvents = {
  "musubi.command.start": readonly [Nothing, InCommand];
  "musubi.command.stop": readonly [
    Duration,
    InCommand & { readonly status: string; readonly isHalted: boolean },
  ];
  "musubi.command.exception": readonly [Duration, InCommand & { readonly error: unknown }];
  "musubi.render.stop": readonly [Duration, Place];
  "musubi.resolve.stop": readonly [Duration & { readonly rendered: number }, RootPlace];
  "musubi.validate.stop": readonly [Duration, Place];
  "musubi.validate.exception": readonly [Duration, Place & { readonly error: unknown }];
  "musubi.validate.command.stop": readonly [Duration, InCommand];
  "musubi.validate.reply.stop": readonly [Duration, InCommand];
  "musubi.diff.stop": readonly [Duration & { readonly ops: number }, RootPlace];
  /** For the cycles of mounts and commands only. */
  "musubi.patch.stop": readonly [
    { readonly ops: number; readonly streamOps: number; readonly uploadOps: number; readonly events: number },
    RootPlace & { readonly version: number },
  ];
  "musubi.stream.flush": readonly [
    { readonly inserts: number; readonly deletes: number },
    Place & { readonly stream: string; readonly isReset: boolean },
  ];
  "musubi.async.start": readonly [Nothing, InTask];
  "musubi.async.stop": readonly [Duration, InTask];
  "musubi.async.exception": readonly [Duration, InTask & { readonly reason: unknown }];
  "musubi.async.cancel": readonly [Duration, InTask & { readonly reason: unknown }];
  /** A task ended that nobody waited for any more. */
  "musubi.async.lazy_discard": readonly [Duration, InTask];
  "musubi.pubsub.receive": readonly [Nothing, Place & { readonly topic: string }];
  "musubi.auth.deny": readonly [Nothing, Denial];
  "musubi.send_update.no_target": readonly [Nothing, RootPlace & { readonly storeId: readonly Json[] }];
  "musubi.channel.join": readonly [
    Duration,
    { readonly topic: string; readonly module: string | null; readonly status: "ok" | "error" },
  ];
  /** The reason is the kind of Phoenix's stop reason. */
  "musubi.channel.terminate": readonly [Nothing, { readonly topic: string; readonly reason: string }];
};

export type TelemetryEventName = keyof TelemetryEvents;

/** One event as a listener gets it; `name` tells the types of the rest. */
export type TelemetryEvent = {
  readonly [Name in TelemetryEventName]: {
    readonly name: Name;
    readonly measurements: TelemetryEvents[Name][0];
    readonly metadata: TelemetryEvents[Name][1];
  };
}[TelemetryEventName];

/** Tells whoever listens what the server does. */
export type Telemetry = {
  readonly emit: <Name extends TelemetryEventName>(
    name: Name,
    measurements: TelemetryEvents[Name][0],
    metadata: TelemetryEvents[Name][1],
  ) => void;
  /** Tells `listener` of every event; returns the undo. */
  readonly attach: (listener: (event: TelemetryEvent) => void) => () => void;
};

/**
 * An emitter. A listener that throws is detached, as Elixir's telemetry does it, and `failed` is told: it harms neither
 * what is measured nor the other listeners.
 *
 *     const telemetry = createTelemetry();
 *     telemetry.attach(({ name, measurements }) => console.log(name, measurements));
 */
export function createTelemetry(failed: (error: unknown) => void = () => {}): Telemetry {
  const listeners = new Set<(event: TelemetryEvent) => void>();
  return {
    emit: <Name extends TelemetryEventName>(
      name: Name,
      measurements: TelemetryEvents[Name][0],
      metadata: TelemetryEvents[Name][1],
    ) => {
      if (listeners.size === 0) return;
      const event = { name, measurements, metadata };
      if (!isOfOneEvent(event)) return;
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          listeners.delete(listener);
          failed(error);
        }
      }
    },
    attach: (listener) => {
      const own = (event: TelemetryEvent) => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

// That the three belong together is what `emit` asks of its callers; TypeScript does not see it through a type parameter.
function isOfOneEvent(event: {
  readonly name: TelemetryEventName;
  readonly measurements: object;
  readonly metadata: object;
}): event is TelemetryEvent {
  return event.name.startsWith("musubi.");
}

/** For those who listen to nothing. */
export const silentTelemetry: Telemetry = { emit: () => {}, attach: () => () => {} };
