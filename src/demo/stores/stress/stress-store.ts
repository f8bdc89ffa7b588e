import { child } from "../../../server/musubi/child";
import { defineStore } from "../../../server/musubi/define-store";
import { sendAfter } from "../../../server/musubi/message";
import { assign, type MusubiSocket, update } from "../../../server/musubi/socket";
import { noreply, reply, type Store } from "../../../server/musubi/store";
import { requireNumber } from "../../../server/payload";
import type { Params } from "../params";

type TickProps = { readonly value: number };

/** One of many: a number from 0 to 100. */
export const TickStore = defineStore({
  module: "Demo.TickStore",
  render: ({ id, assigns: { value } }: MusubiSocket<TickProps>) => ({ id, value }),
});

type StressAssigns = {
  readonly count: number;
  readonly hz: number;
  /** How many of the stores change at each tick, in percent. */
  readonly share: number;
  readonly running: boolean;
  readonly ticks: number;
  readonly values: readonly number[];
  /** Changes with every start, so that a tick of an earlier one is known. */
  readonly run: number;
};

/** What may be asked for. */
const LIMITS = {
  count: { from: 1, to: 2_000 },
  hz: { from: 1, to: 60 },
  share: { from: 1, to: 100 },
} as const;

type Setting = keyof typeof LIMITS;

class Tick {
  readonly run: number;

  constructor(run: number) {
    this.run = run;
  }
}

/** As many stores as one likes, changing as often as one likes. Mount params: `count`, `hz`, `share`, all optional. */
export const StressStore: Store = defineStore<StressAssigns>({
  module: "Demo.StressStore",
  root: true,
  mount: (params, socket) => {
    const { count = 100, hz = 5, share = 20 } = readSettings(params) ?? {};
    return assign(socket, {
      count,
      hz,
      share,
      running: false,
      ticks: 0,
      values: createValues(count),
      run: 0,
    });
  },
  render: ({ assigns: { count, hz, share, running, ticks, values } }) => ({
    count,
    hz,
    share,
    running,
    ticks,
    stores: values.map((value, index) => child(TickStore, { id: `s${index + 1}`, value })),
  }),
  handleInfo: (message, socket) => {
    const { running, run, hz } = socket.assigns;
    if (!(message instanceof Tick) || !running || message.run !== run) return socket;
    return sendAfter(tick(socket), 1_000 / hz, message);
  },
  commands: {
    configure: (payload, socket) => {
      const settings = readSettings(payload);
      if (settings === null)
        return reply(socket, { ok: false, reason: "that is beyond what may be asked for" });
      const { count = socket.assigns.count } = settings;
      const configured = assign(socket, settings);
      return noreply(
        update(configured, "values", (values) => [
          ...values.slice(0, count),
          ...createValues(count).slice(values.length),
        ]),
      );
    },
    start: (_payload, socket) => {
      const run = socket.assigns.run + 1;
      return noreply(sendAfter(assign(socket, { running: true, run }), 0, new Tick(run)));
    },
    stop: (_payload, socket) => noreply(assign(socket, { running: false })),
    tick: (_payload, socket) => noreply(tick(socket)),
  },
});

function tick(socket: MusubiSocket<StressAssigns>): MusubiSocket<StressAssigns> {
  const { values, share, ticks } = socket.assigns;
  const changing = Math.ceil((values.length * share) / 100);
  const first = (ticks * changing) % values.length;
  const next = values.map((value, index) => {
    const place = (index - first + values.length) % values.length;
    return place < changing ? (value + STEP) % (FULL + 1) : value;
  });
  return assign(socket, { values: next, ticks: ticks + 1 });
}

/** A value goes up to this, by this much at a time. */
const FULL = 100;
const STEP = 7;

function createValues(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => (index * STEP) % (FULL + 1));
}

/** The settings that are given; null where one of them is out of its limits. */
function readSettings(params: Params): { readonly [Name in Setting]?: number } | null {
  const settings: { [Name in Setting]?: number } = {};
  for (const name of ["count", "hz", "share"] as const) {
    if (!Object.hasOwn(params, name)) continue;
    const value = requireNumber(params, name);
    if (!Number.isInteger(value) || value < LIMITS[name].from || value > LIMITS[name].to) return null;
    settings[name] = value;
  }
  return settings;
}
