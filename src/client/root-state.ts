import { createChangeLog } from "../engine/content/change-log";
import { createDraft, shareDraft } from "../engine/content/draft";
import { applyPatch } from "../engine/content/patch";
import { describePatchFault } from "../engine/content/patch-fault";
import { describeEnvelopeFault, readEnvelope } from "../wire/envelope";
import type { Json } from "../wire/json";

/** What an envelope did to the state. Only `applied` changes it. */
export type EnvelopeOutcome =
  | { readonly kind: "applied" }
  /** It is no envelope, or its operations do not fit the state: the version stays. */
  | { readonly kind: "rejected"; readonly why: string }
  /** The first one did not lead from 0 to 1. */
  | { readonly kind: "not_initial" }
  /** Envelopes are missing between the held version and this one. */
  | { readonly kind: "gap"; readonly held: number; readonly base_version: number };

/** A root's wire tree and its version, by the client rules of wire.md 7. */
export class RootState {
  readonly #draft = createDraft();
  readonly #log = createChangeLog();
  #version = 0;
  #shared: Json | undefined;

  get version(): number {
    return this.#version;
  }

  /** The tree as it stands, which later envelopes leave as it is. The same object until then. */
  get tree(): Json {
    this.#shared ??= shareDraft(this.#draft).state;
    return this.#shared;
  }

  /** The next envelope has to be 0 -> 1 again. The last tree stays until it comes. */
  awaitInitial(): void {
    this.#version = 0;
  }

  apply(payload: Json): EnvelopeOutcome {
    const envelope = readEnvelope(payload);
    if (!envelope.ok) return { kind: "rejected", why: describeEnvelopeFault(envelope.failure) };
    const { base_version, version, ops } = envelope.value;
    const isNext = base_version === this.#version && version === base_version + 1;
    if (!isNext && this.#version === 0) return { kind: "not_initial" };
    if (!isNext) return { kind: "gap", held: this.#version, base_version };
    const fault = applyPatch(this.#draft, ops, this.#log);
    if (fault !== null) return { kind: "rejected", why: describePatchFault(fault) };
    // Only a patch that fails is taken back, which has happened by now.
    this.#log.cut(0);
    this.#version = version;
    this.#shared = undefined;
    return { kind: "applied" };
  }
}
