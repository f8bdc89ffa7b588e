import { signal } from "@preact/signals";
import { createContext } from "preact";
import { createPassingMemory } from "../model/memory";
import type { Panel } from "../model/panel";

/** What parts of a view need to know wherever in the panel they stand: what is kept for a person, who answers. */
export const PanelContext = createContext<Pick<Panel, "memory" | "status">>({
  memory: createPassingMemory(),
  status: signal("attached"),
});
