import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import { createTempFileStorage } from "../../../../src/server/musubi/uploads/temp-file-storage";
import { entryToWire } from "../../../../src/server/musubi/uploads/upload-entry";
import type { UploadStorage } from "../../../../src/server/musubi/uploads/upload-storage";
import {
  cancelUpload,
  consumed,
  consumeUploadedEntries,
  postpone,
  uploadedEntries,
} from "../../../../src/server/musubi/uploads/uploaded-entries";
import { lawRuns } from "../../../support/law-runs";
import { type AllowedEntry, type FakeChannel, FakePage, png } from "./fake-page";
import { NaiveUploads } from "./naive-uploads";

const SEED = 20_260_904;

/** What may happen to the uploads of a page. `at` chooses among the entries that there ever were, modulo their number. */
type Step =
  | { readonly kind: "allow"; readonly upload: "avatar" | "cloud"; readonly sizes: readonly number[] }
  | { readonly kind: "join" | "leave" | "cancel" | "cancelInHandler"; readonly at: number }
  | { readonly kind: "chunk"; readonly at: number; readonly size: number }
  | { readonly kind: "report"; readonly at: number; readonly progress: number }
  | { readonly kind: "fail"; readonly at: number }
  | { readonly kind: "consume"; readonly upload: "avatar" | "cloud"; readonly keepEach: number }
  | { readonly kind: "wait"; readonly ms: number };

const at = fc.nat({ max: 7 });
const upload = fc.constantFrom("avatar" as const, "cloud" as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("allow" as const),
      upload,
      sizes: fc.array(fc.nat(350), { maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("join" as const), at }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("chunk" as const), at, size: fc.nat(110) }) },
  fc.record({ kind: fc.constantFrom("leave" as const, "cancel" as const, "cancelInHandler" as const), at }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("report" as const),
      at,
      progress: fc.integer({ min: -5, max: 105 }),
    }),
  },
  fc.record({ kind: fc.constant("fail" as const), at }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("consume" as const),
      upload,
      keepEach: fc.integer({ min: 1, max: 3 }),
    }),
  },
  fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(1, 60, 100, 500) }),
);

/** A page with one upload of each kind, and the channels of the client that was let join. */
class Scene {
  readonly page: FakePage;
  readonly naive = new NaiveUploads();
  readonly #entries: (AllowedEntry & { readonly upload: string })[] = [];
  readonly #channels = new Map<string, FakeChannel>();
  /** Time that passes after each step, so that no progress is dropped. */
  readonly #pause: number;
  #taken = 0;

  constructor(storage: UploadStorage, pause: number) {
    const limits = {
      accept: "any",
      maxEntries: 4,
      maxFileSize: 300,
      chunkSize: 100,
      chunkTimeoutMs: 450,
    } as const;
    this.#pause = pause;
    this.page = new FakePage({
      avatar: { ...limits, storage },
      cloud: { ...limits, external: () => ({ meta: {} }) },
    });
  }

  async take(step: Step): Promise<void> {
    await this.#do(step);
    await this.page.settled();
    this.page.timers.pass(this.#pause);
    await this.page.settled();
    for (const ops of this.page.envelopes.slice(this.#taken)) this.naive.apply(ops);
    this.#taken = this.page.envelopes.length;
  }

  /** The entries that the server has, as the wire shows them. */
  entries(name: string) {
    const { done, inProgress } = uploadedEntries(this.page.socket(), name);
    return [...done, ...inProgress].map(entryToWire);
  }

  openChannels(): readonly FakeChannel[] {
    return [...this.#channels.values()].filter(({ state }) => state === "joined");
  }

  async #do(step: Step): Promise<void> {
    switch (step.kind) {
      case "allow": {
        const files = step.sizes.map((size, index) => png(`${index}`, size));
        const allowed = await this.page.allow(files, step.upload);
        this.#entries.push(...allowed.map((entry) => ({ ...entry, upload: step.upload })));
        return;
      }
      case "consume": {
        let seen = 0;
        return this.page.command(async (before) => {
          const { socket } = await consumeUploadedEntries(before, step.upload, (_uploaded, { ref }) => {
            seen += 1;
            if (seen % step.keepEach !== 0) return postpone(null);
            this.naive.consumed(ref);
            return consumed(null);
          });
          return socket;
        });
      }
      case "wait":
        return this.page.timers.pass(step.ms);
      default: {
        const entry = this.#entries[step.at % Math.max(1, this.#entries.length)];
        if (entry !== undefined) await this.#doTo(entry, step);
      }
    }
  }

  async #doTo(entry: AllowedEntry & { readonly upload: string }, step: Step): Promise<void> {
    const about = { name: entry.upload, ref: entry.ref };
    const channel = this.#channels.get(entry.ref);
    switch (step.kind) {
      case "join":
        if (entry.token !== "") this.#channels.set(entry.ref, await this.page.join(entry));
        return;
      case "chunk":
        if (channel?.state === "joined") await channel.chunk(step.size);
        return;
      case "leave":
        return channel?.leave();
      case "cancel":
        await this.page.push("cancel", about);
        return;
      case "cancelInHandler":
        return this.page.command((socket) => cancelUpload(socket, entry.upload, entry.ref));
      case "report":
        await this.page.push("progress", { ...about, progress: step.progress });
        return;
      case "fail":
        await this.page.push("error", about);
        return;
      case "allow":
      case "consume":
      case "wait":
        throw new Error("This is done to no entry.");
    }
  }
}

const program = fc.array(step, { minLength: 5, maxLength: 40 });

describe(`random uploads, seed ${SEED}`, () => {
  it("folded naively from their ops are those that the server has, those consumed before a reset aside", async () => {
    const property = fc.asyncProperty(program, async (steps) => {
      const storage = createMemoryStorage();
      const scene = new Scene(storage, 100);
      for (const each of steps) {
        await scene.take(each);
        for (const name of ["avatar", "cloud"]) {
          expect(scene.naive.entries(name)).toEqual(byRef(scene.entries(name)));
        }
        if (each.kind === "consume" && scene.entries(each.upload).length === 0) {
          expect(scene.naive.shown(each.upload)).toBe(0);
        }
      }
      expect(scene.naive.unknownRefs).toEqual([]);
      expect(scene.page.crashes).toEqual([]);
    });
    await fc.assert(property, { seed: SEED, numRuns: lawRuns() });
  });

  it("in any haste lack nothing but progress that was dropped", async () => {
    const property = fc.asyncProperty(program, async (steps) => {
      const scene = new Scene(createMemoryStorage(), 0);
      for (const each of steps) await scene.take(each);
      for (const name of ["avatar", "cloud"]) {
        const held = scene.naive.entries(name);
        const has = byRef(scene.entries(name));
        expect(held.map(({ ref }) => ref)).toEqual(has.map(({ ref }) => ref));
        // What has ended well is known to have.
        const whole = (entries: typeof has) => entries.filter(({ status }) => status === "success");
        expect(whole(held)).toEqual(expect.arrayContaining(whole(has)));
      }
      expect(scene.naive.unknownRefs).toEqual([]);
    });
    await fc.assert(property, { seed: SEED, numRuns: lawRuns() });
  });

  it("leave no bytes behind when the page has ended, and no channel and no timer", async () => {
    const property = fc.asyncProperty(program, async (steps) => {
      const storage = createMemoryStorage();
      const scene = new Scene(storage, 10);
      for (const each of steps) {
        await scene.take(each);
        const known = new Set(scene.entries("avatar").map(({ ref }) => ref));
        expect(storage.heldRefs().filter((ref) => !known.has(ref))).toEqual([]);
      }
      scene.page.stop();
      expect(storage.heldRefs()).toEqual([]);
      expect(scene.openChannels()).toEqual([]);
      expect(scene.page.timers.waiting()).toBe(0);
    });
    await fc.assert(property, { seed: SEED, numRuns: lawRuns() });
  });

  const directory = mkdtempSync(join(tmpdir(), "musubi-upload-laws-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("leave no file in the directory when the page has ended", async () => {
    const storage = createTempFileStorage(directory, () => {});
    const property = fc.asyncProperty(program, async (steps) => {
      const scene = new Scene(storage, 10);
      for (const each of steps) await scene.take(each);
      scene.page.stop();
      await vi.waitFor(() => expect(readdirSync(directory)).toEqual([]), { interval: 1 });
    });
    await fc.assert(property, { seed: SEED, numRuns: 100 });
  });
});

function byRef<Entry extends { readonly ref?: unknown }>(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((a, b) => (String(a.ref) < String(b.ref) ? -1 : 1));
}
