import { DEFAULT_SETTINGS, isSettings, type Settings } from "../bridge/settings";
import type { StorageArea } from "./storage-area";

const SETTINGS = "settings";

/** What was chosen last. @param local `storage.local`; what is there may be of another version */
export async function readSettings(local: StorageArea): Promise<Settings> {
  const { [SETTINGS]: stored } = await local.get(SETTINGS);
  return isSettings(stored) ? stored : DEFAULT_SETTINGS;
}

export function writeSettings(local: StorageArea, settings: Settings): Promise<void> {
  return local.set({ [SETTINGS]: settings });
}
