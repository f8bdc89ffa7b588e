import type { ComponentChildren } from "preact";

type IntroProps = {
  readonly title: string;
  readonly lede: ComponentChildren;
  /** What the Musubi panel shows of this page: a line each. */
  readonly look: readonly string[];
};

/** The start of a page: what it is, and what it lets one see in DevTools. */
export function Intro({ title, lede, look }: IntroProps) {
  return (
    <div class="intro">
      <div>
        <h1>{title}</h1>
        <p class="lede">{lede}</p>
      </div>
      <details class="look" open>
        <summary>What to look for in the panel</summary>
        <ul class="dots">
          {look.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
