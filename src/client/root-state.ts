import { applyPatch, type PatchDocument } from "../engine/content/patch";
import { describePatchFault } from "../engine/content/patch-fault";
import { copyTree } from "../engine/content/tree";
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
  readonly #document: PatchDocument = { state: null };
  #version = 0;
  #copy: Json | undefined;

  get version(): number {
    return this.#version;
  }

  /** The tree as it stands, sharing nothing with what later envelopes change. The same object until then. */
  get tree(): Json {
    this.#copy ??= copyTree(this.#document.state);
    return this.#copy;
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
    const applied = applyPatch(this.#document, ops);
    if (!applied.ok) return { kind: "rejected", why: describePatchFault(applied.failure) };
    this.#version = version;
    this.#copy = undefined;
    return { kind: "applied" };
  }
}
