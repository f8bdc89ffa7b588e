import type { Bar } from "../model/bars";

/** Every word about what is captured, kept and shown; the ladder has its own. */
export const CAPTURE_TEXT = {
  settings: "Settings",
  preserve: "Preserve log",
  preserveWhy: "Keep what was captured when the tab goes to another page",
  journal: "Journal",
  journalLimit: "At most",
  journalSize: (bytes: number) => formatSize(bytes),
  journalWhy:
    "All that is captured is kept on disk, for every tab by itself, until the tab is closed. Beyond this size the oldest part of it is folded into the state that it led to.",
  privateWindow: "private window",
  privateWhy: "This window is private: nothing of this tab is written to disk.",
  sites: "Sites",
  localSites: "always",
  noSites: "No other site has been allowed.",
  revoke: "Revoke",
  revokeSite: (site: string) => `Revoke ${site}`,
  revokeInBrowser: "set in the browser",
  allow: (site: string) => `Allow on ${site}`,
  allowElsewhere: "Opens a page of the extension that asks you, because the browser cannot ask here",
  reload: "Reload the page",
  previous: "Previous page:",
  previousWhy: (name: string, events: number) =>
    `Show what was captured of the page before, ${name}: ${events.toLocaleString("en-US")} events`,
  untitled: "untitled",
  backToLive: "Back to the live page",

  gap: "What came here is lost: the state shown after it may lack what it said, until the server sends the whole state again.",
  base: "What came before this was folded into the state that it led to, to save room. That state is complete; the frames are gone.",
} as const;

/** What a bar says. */
export function sentenceOf(bar: Bar): string {
  switch (bar.kind) {
    case "orphaned":
      return "The extension was reloaded or updated, and nothing new comes here any more. Close DevTools, open it again, and reload the page.";
    case "past":
      return `This is the page before: ${bar.name || CAPTURE_TEXT.untitled}`;
    case "tap_off":
      return `This page is not watched any more: the extension's tap has met errors of its own, and has turned itself off${bar.reason === null ? "." : ` (${bar.reason}).`} Everything up to then is here.`;
    case "elsewhere":
      return `The tab is at ${bar.url}, which is not watched. What is shown here is of another page.`;
    case "storage":
      return bar.sentence;
  }
}

const MEBIBYTE = 1024 * 1024;

/** `512 MiB`, `2 GiB`. */
function formatSize(bytes: number): string {
  const mebibytes = bytes / MEBIBYTE;
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${Number((mebibytes / 1024).toFixed(1))} GiB`;
}
