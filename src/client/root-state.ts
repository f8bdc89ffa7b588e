import { applyAttachmentOps, clearAttachments, createAttachments } from "../engine/content/attachments";
import { createChangeLog } from "../engine/content/change-log";
import { type Content, createDraft, shareDraft } from "../engine/content/draft";
import { applyPatch } from "../engine/content/patch";
import { describePatchFault } from "../engine/content/patch-fault";
import { takeSnapshot } from "../engine/content/snapshot";
import { createStoreIndex } from "../engine/content/store-index";
import { describeEnvelopeFault, type Envelope, readEnvelope } from "../wire/envelope";
import type { Json } from "../wire/json";
import { readPushEvent } from "../wire/push-event";

/** A push event, as the wire's reader gives it. */
export type PushEvent = NonNullable<ReturnType<typeof readPushEvent>>;

/** What an envelope did to the state. Only `applied` changes it. */
export type EnvelopeOutcome =
  /** `malformed`: operations and events that could not be read, and were passed over. */
  | { readonly kind: "applied"; readonly events: readonly PushEvent[]; readonly malformed: number }
  /** It is no envelope, or its operations do not fit the state: the version stays. */
  | { readonly kind: "rejected"; readonly why: string }
  /** The first one did not lead from 0 to 1. */
  | { readonly kind: "not_initial" }
  /** Envelopes are missing between the held version and this one. */
  | { readonly kind: "gap"; readonly held: number; readonly base_version: number };

/** What a root holds at one moment, which later envelopes leave as it is. */
export class HeldContent {
  readonly #content: Content;
  #data: Json | undefined;

  constructor(content: Content) {
    this.#content = content;
  }

  /** The wire tree, with its markers (wire.md 6). */
  get state(): Json {
    return this.#content.state;
  }

  /**
   * The tree as an app wants it: a stream is the array of its items, an async value `{status, data, error}`, an upload
   * `{config, entries, errors}`. Made when it is first asked for.
   */
  get data(): Json {
    this.#data ??= takeSnapshot(this.#content);
    return this.#data;
  }
}

/** A root's content and its version, by the client rules of wire.md 7 to 9. */
export class RootState {
  readonly #draft = createDraft();
  readonly #log = createChangeLog();
  readonly #index = createStoreIndex();
  readonly #attachments = createAttachments();
  #version = 0;
  #held: HeldContent | undefined;

  get version(): number {
    return this.#version;
  }

  /** The same object until an envelope changes it. */
  get held(): HeldContent {
    this.#held ??= new HeldContent(shareDraft(this.#draft));
    return this.#held;
  }

  /** The next envelope has to be 0 -> 1 again. What is held stays until it comes. */
  awaitInitial(): void {
    this.#version = 0;
  }

  apply(payload: Json): EnvelopeOutcome {
    const read = readEnvelope(payload);
    if (!read.ok) return { kind: "rejected", why: describeEnvelopeFault(read.failure) };
    const envelope = read.value;
    const { base_version, version } = envelope;
    const isNext = base_version === this.#version && version === base_version + 1;
    if (!isNext && this.#version === 0) return { kind: "not_initial" };
    if (!isNext) return { kind: "gap", held: this.#version, base_version };
    const fault = applyPatch(this.#draft, envelope.ops, this.#log, this.#index);
    if (fault !== null) return { kind: "rejected", why: describePatchFault(fault) };
    const skipped = this.#applyAttachments(envelope);
    // Only a patch that fails is taken back, which has happened by now.
    this.#log.cut(0);
    this.#version = version;
    this.#held = undefined;
    const events = envelope.events.map(readPushEvent);
    const readable = events.filter((event) => event !== null);
    return { kind: "applied", events: readable, malformed: skipped + events.length - readable.length };
  }

  /**
   * A new mount's streams and uploads begin empty, as they do on the server; the client of Musubi keeps its old lists
   * (wire.md 8). Returns how many operations could not be read.
   */
  #applyAttachments({ base_version, stream_ops, upload_ops }: Envelope): number {
    if (base_version === 0) clearAttachments(this.#attachments, this.#draft, this.#log);
    const { streams, uploads } = applyAttachmentOps(
      this.#attachments,
      this.#draft,
      stream_ops,
      upload_ops,
      this.#index,
      this.#log,
    );
    return streams.length + uploads.length;
  }
}
