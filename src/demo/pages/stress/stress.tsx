import type { Demo } from "../shell/demo";
import { Intro } from "../shell/Intro";
import { ReplyCard } from "../shell/ReplyCard";
import { showPage } from "../shell/show-page";
import { StressCard } from "./StressCard";

const LOOK = [
  "A thousand stores in the tree, and an envelope at every tick: scrolling stays smooth.",
  "Let few stores change, and see small envelopes; let all of them, and see large ones.",
  "Open DevTools late, while it runs: the panel is told of the history in parts.",
];

function StressPage({ demo }: { readonly demo: Demo }) {
  return (
    <>
      <Intro title="Stress" look={LOOK} lede="As many stores as you like, changing as often as you like." />
      <div class="column">
        <StressCard demo={demo} />
        <ReplyCard entries={demo.entries} />
      </div>
    </>
  );
}

void showPage("stress", StressPage);
