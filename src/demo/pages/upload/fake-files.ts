import type { UploadOptions } from "../../../client/upload";
import type { UploadSource } from "../../../client/upload-source";

type Uploader = NonNullable<UploadOptions["uploaders"]>[string];

/** How long a chunk takes where one wants to watch, and each step of the fake uploader. */
const SLOW_MS = 60;
const STEPS = 40;

/** A file of so many bytes, for whoever has none at hand. */
export function makeFile(name: string, size: number): File {
  return new File([new Uint8Array(size)], name, { type: name.endsWith(".png") ? "image/png" : "" });
}

/** The same file, read slowly, so that there is time to watch it go up, and to cancel it. */
export function slowly(source: UploadSource): UploadSource {
  const { name, size, type } = source;
  const slice: UploadSource["slice"] = (start, end) => ({
    arrayBuffer: async () => {
      await rest(SLOW_MS);
      return source.slice(start, end).arrayBuffer();
    },
  });
  return { name, size, type, slice };
}

/** Brings files nowhere, step by step; one whose name has "fail" in it does not arrive. */
export const fakeBucket: Uploader = async ({ source, signal, progress }) => {
  for (let step = 1; step <= STEPS; step += 1) {
    await rest(SLOW_MS);
    signal.throwIfAborted();
    if (source.name.includes("fail") && step > STEPS / 2) throw new Error("the bucket is full");
    progress((step / STEPS) * 100);
  }
};

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
