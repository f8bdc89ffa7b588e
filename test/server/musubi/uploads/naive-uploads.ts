import { isJsonObject, type Json, type JsonObject } from "../../../../src/wire/json";

/** What a client holds, by the table of wire.md 9.3 read word for word. */
export class NaiveUploads {
  /** Of ops that named an entry which was not there. */
  readonly unknownRefs: Json[] = [];
  readonly #uploads = new Map<string, Map<string, JsonObject>>();
  /** Refs that the server consumed: clients keep those until the reset. */
  readonly #consumed = new Set<string>();

  apply(ops: readonly JsonObject[]): void {
    for (const op of ops) this.#apply(op);
  }

  consumed(ref: string): void {
    this.#consumed.add(ref);
  }

  /** By ref, without those that the server has consumed. */
  entries(name: string): readonly JsonObject[] {
    return [...this.#entries(name)]
      .filter(([ref]) => !this.#consumed.has(ref))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, entry]) => entry);
  }

  /** How many it shows, those that the server has consumed among them. */
  shown(name: string): number {
    return this.#entries(name).size;
  }

  #apply(op: JsonObject): void {
    const entries = this.#entries(String(op.upload));
    const ref = String(op.ref);
    const entry = entries.get(ref);
    if (op.op === "config") return;
    if (op.op === "reset") entries.clear();
    else if (op.op === "add" && isJsonObject(op.entry)) entries.set(ref, op.entry);
    else if (entry === undefined || this.#consumed.has(ref)) this.unknownRefs.push(ref);
    else if (op.op === "cancel") entries.delete(ref);
    else entries.set(ref, changed(entry, op));
  }

  #entries(name: string): Map<string, JsonObject> {
    const entries = this.#uploads.get(name) ?? new Map<string, JsonObject>();
    this.#uploads.set(name, entries);
    return entries;
  }
}

function changed(entry: JsonObject, op: JsonObject): JsonObject {
  switch (op.op) {
    case "progress":
      return {
        ...entry,
        progress: op.progress ?? null,
        status: Number(op.progress) >= 100 ? "success" : "uploading",
      };
    case "complete":
      return { ...entry, progress: 100, status: "success" };
    case "error":
      return {
        ...entry,
        status: "error",
        errors: [...(Array.isArray(entry.errors) ? entry.errors : []), op.error ?? null],
      };
    default:
      throw new Error(`There is no op ${JSON.stringify(op.op)} on an entry.`);
  }
}
