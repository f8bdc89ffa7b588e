import type { JsonObject } from "../../../wire/json";
import type { Timers } from "../../timers";
import type { Telemetry } from "../telemetry";
import { diff, type PatchOp } from "./diff";
import { createEnvelope, type EnvelopeContent, isIdle, type PatchEnvelope } from "./envelope";
import { Lens } from "./lens";
import type { Cause, LensMessage } from "./lens-message";
import type { Outgoing } from "./outgoing";
import type { RenderReport } from "./render-store";

type OutletOptions = {
  readonly rootId: string | null;
  readonly module: string;
  readonly timers: Timers;
  readonly telemetry: Telemetry;
  readonly emitEnvelope: (envelope: PatchEnvelope) => void;
  /** Null where nothing is to be told of what stores hold. */
  readonly emitLens: ((message: LensMessage) => void) | null;
};

/** What came of one cycle. */
type Cycle = {
  readonly wire: JsonObject;
  readonly reports: readonly RenderReport[];
  readonly outgoing: Outgoing;
  readonly uploadOps: readonly JsonObject[];
  readonly cause: Cause;
};

/** The way out of a page: makes envelopes of what changed, and counts their versions. */
export class PageOutlet {
  readonly #options: OutletOptions;
  readonly #lens: Lens;
  #version = 0;
  #wire: JsonObject | null = null;

  constructor(options: OutletOptions) {
    this.#options = options;
    this.#lens = new Lens(options.rootId);
  }

  /** Idle cycles emit no envelope, so that versions have no gaps (wire.md 7). */
  send({ wire, reports, outgoing, uploadOps, cause }: Cycle): void {
    const { timers, rootId, emitEnvelope } = this.#options;
    const startedAt = timers.now();
    const ops = this.#opsTo(wire);
    const diffMs = timers.now() - startedAt;
    this.#wire = wire;
    const content = { ops, stream_ops: outgoing.streamOps, upload_ops: uploadOps, events: outgoing.events };
    if (!isIdle(content)) {
      emitEnvelope(createEnvelope(rootId, this.#version, content));
      this.#version += 1;
    }
    this.#measure(content, diffMs, cause);
    for (const report of reports) this.#options.emitLens?.(this.#lens.tell(report, this.#version, diffMs));
  }

  /** The first envelope holds the whole root. */
  #opsTo(wire: JsonObject): readonly PatchOp[] {
    return this.#wire === null ? [{ op: "replace", path: "", value: wire }] : diff(this.#wire, wire);
  }

  #measure(content: EnvelopeContent, diffMs: number, { kind }: Cause): void {
    const { telemetry, rootId: root, module } = this.#options;
    const ops = content.ops.length;
    telemetry.emit("musubi.diff.stop", { duration: diffMs, ops }, { root, module });
    if ((kind !== "mount" && kind !== "command") || isIdle(content)) return;
    const [streamOps, uploadOps] = [content.stream_ops.length, content.upload_ops.length];
    const measurements = { ops, streamOps, uploadOps, events: content.events.length };
    telemetry.emit("musubi.patch.stop", measurements, { root, module, version: this.#version });
  }
}
