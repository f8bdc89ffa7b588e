import type { Panel } from "../../model/panel";
import { say } from "../../text/say";
import { SafeText } from "../SafeText";
import { SeqLink } from "./SeqLink";

type CauseLinkProps = {
  readonly panel: Pick<Panel, "goTo">;
  readonly cause: { readonly seq: number; readonly name: string; readonly confidence: string | null };
  readonly inGrid?: boolean;
};

/** The command that an envelope is attributed to, and how sure that is: the wire does not say. */
export function CauseLink({ panel, cause, inGrid = false }: CauseLinkProps) {
  return (
    <span class="caused-by">
      <SeqLink panel={panel} seq={cause.seq} inGrid={inGrid}>
        <SafeText text={cause.name} />
      </SeqLink>
      <Guess confidence={cause.confidence} />
    </span>
  );
}

/** How sure an attribution is, in a word, with the reason. */
export function Guess({ confidence }: { readonly confidence: string | null }) {
  const [word, why] = wordsFor(confidence);
  return (
    <span class="guess" title={why}>
      {word}
    </span>
  );
}

function wordsFor(confidence: string | null): readonly [string, string] {
  if (confidence === "high") return [say("store_likely"), say("store_likely_why")];
  if (confidence === "medium") return [say("store_probably"), say("store_probably_why")];
  return [say("store_perhaps"), say("store_perhaps_why")];
}
