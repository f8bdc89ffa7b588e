/** The pages of the demo: where they are, and what each one shows. */
export type Place = {
  readonly name: string;
  readonly href: string;
  readonly title: string;
};

export const PLACES = [
  { name: "index", href: "./", title: "Start" },
  { name: "poll", href: "./poll.html", title: "Poll" },
  { name: "chat", href: "./chat.html", title: "Chat" },
  { name: "cart", href: "./cart.html", title: "Cart" },
  { name: "upload", href: "./upload.html", title: "Upload" },
  { name: "stress", href: "./stress.html", title: "Stress" },
] as const satisfies readonly Place[];

export type PlaceName = (typeof PLACES)[number]["name"];
