/** The pages of the demo: where they are, and what each one shows. */
export type Place = {
  readonly name: string;
  readonly href: string;
  readonly title: string;
  /** In one sentence, for whoever has to choose. */
  readonly shows: string;
};

export const PLACES = [
  {
    name: "index",
    href: "./",
    title: "Start",
    shows: "A counter, a list of todos, and buttons that break something on purpose.",
  },
  {
    name: "poll",
    href: "./poll.html",
    title: "Poll",
    shows: "Several roots on one page, and votes that appear in every window.",
  },
  {
    name: "chat",
    href: "./chat.html",
    title: "Chat",
    shows: "A stream of messages, presence on a plain channel, push events, an async value.",
  },
  {
    name: "cart",
    href: "./cart.html",
    title: "Cart",
    shows: "Three levels of stores, prices that take their time, every way to be refused.",
  },
  {
    name: "upload",
    href: "./upload.html",
    title: "Upload",
    shows: "Files in chunks or past the server, with progress, limits and cancelling.",
  },
  {
    name: "stress",
    href: "./stress.html",
    title: "Stress",
    shows: "Up to two thousand stores, ticking up to sixty times a second.",
  },
] as const satisfies readonly Place[];

export type PlaceName = (typeof PLACES)[number]["name"];
