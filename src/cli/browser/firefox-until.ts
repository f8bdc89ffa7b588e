import { PATIENCE_MS } from "./driver";

/** `until` of the driver, as text, for expressions that run in Firefox's own window. */
export const UNTIL = `
const until = async (what, probe) => {
  for (const end = Date.now() + ${PATIENCE_MS}; ; ) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error("Waited ${PATIENCE_MS / 1000} s for " + what + " in vain.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
`;
