import { createContext } from "preact";
import { createPassingMemory, type Memory } from "../model/memory";

/** What parts of a view keep for a person, wherever in the panel they stand. */
export const MemoryContext = createContext<Memory>(createPassingMemory());
