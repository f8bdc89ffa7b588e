import type { StorageArea } from "./storage-area";

const RUN = "run";

/**
 * Names this run of the extension: the time from when the browser started it, or loaded it anew, until it is ended.
 * Journals of another run are of tabs that are gone.
 * @param session `storage.session`: it outlives the background, and ends with the run
 * @param draw makes a new name
 */
export async function readRun(session: StorageArea, draw: () => string): Promise<string> {
  const { [RUN]: known } = await session.get(RUN);
  if (typeof known === "string") return known;
  const run = draw();
  await session.set({ [RUN]: run });
  return run;
}
