import { describeSite } from "../bridge/site";

/** How far the request has come. `impossible`: it is about a page that no extension can run on. */
export type Progress = "impossible" | "asking" | "refused" | "failed" | "allowed";

/** What the page says, and what its buttons do. Null where there is no such button. */
export type Notice = {
  readonly heading: string;
  readonly text: string;
  readonly allow: string | null;
  readonly back: string;
  /** Going back reloads the page that one came from. */
  readonly reloads: boolean;
};

/** @param site a match pattern that `siteOf` made */
export function noticeFor(progress: Progress, site: string | null): Notice {
  if (site === null || progress === "impossible") return IMPOSSIBLE;
  const name = describeSite(site);
  const asking = { allow: `Allow Musubi DevTools on ${name}`, back: "Go back", reloads: false };
  switch (progress) {
    case "asking":
      return { ...asking, heading: `Watch ${name}?`, text: ASKING };
    case "refused":
      return {
        ...asking,
        heading: `Musubi DevTools was not allowed on ${name}`,
        text: "Nothing has changed: it does not run there. The button asks once more.",
      };
    case "failed":
      return {
        ...asking,
        heading: `Musubi DevTools could not ask for ${name}`,
        text: "The browser refused the question itself. An administrator may have blocked the site for extensions.",
      };
    case "allowed":
      return {
        heading: `Musubi DevTools runs on ${name}`,
        text: "Pages that were open before must be reloaded once. Then open DevTools (F12) on the page and choose the panel Musubi.",
        allow: null,
        back: "Reload the page and go back to it",
        reloads: true,
      };
  }
}

const ASKING =
  "Musubi DevTools will then read what pages of this site send and receive over Phoenix Channels, and show it in DevTools. Nothing leaves this machine. The panel lists the sites that you allowed, each with a button that takes it back.";

const IMPOSSIBLE: Notice = {
  heading: "Musubi DevTools cannot run on this page",
  text: "Browsers let extensions run on web pages (http and https), not on their own pages, on local files or in their add-on stores.",
  allow: null,
  back: "Go back",
  reloads: false,
};
