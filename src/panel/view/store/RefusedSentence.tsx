import { SafeText } from "../SafeText";

/** Why the engine does not answer, as its sentence, in which a page's own words may stand. */
export function RefusedSentence({ text }: { readonly text: string }) {
  return (
    <p class="sentence" role="status">
      <SafeText text={text} />
    </p>
  );
}
