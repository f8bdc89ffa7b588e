/** What is drawn on buttons, in a square of 16: lines, or filled shapes where a button plays or steps. */
const LINES = {
  split: "M1.5 2.5h13v11h-13zM8 3v10",
  search: "M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0M10.5 10.5 14 14",
  keys: "M1 3.5h14v9H1zM3.5 6h1m1.5 0h1m1.5 0h1m1.5 0h1M3.5 8h1m1.5 0h1m1.5 0h1m1.5 0h1M5 10.3h6",
  settings:
    "M12 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0M8 4V.7M8 12v3.3M4 8H.7M12 8h3.3M5.2 5.2 2.8 2.8M10.8 5.2l2.4-2.4M5.2 10.8l-2.4 2.4M10.8 10.8l2.4 2.4",
};
const SHAPES = {
  next: "M3 3l7 5-7 5zM11 3h2v10h-2z",
  previous: "M13 3l-7 5 7 5zM3 3h2v10H3z",
  play: "M4 2.5l9 5.5-9 5.5z",
  stop: "M4 3h3v10H4zM9 3h3v10H9z",
};
const PATHS = { ...LINES, ...SHAPES };

export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg class={name in SHAPES ? "icon icon-solid" : "icon"} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
