import { safeRuns } from "../model/safe-text";

/** Text of a page or a server: as text only, its invisible and reordering characters as escapes. */
export function SafeText({ text }: { readonly text: string }) {
  return (
    <bdi dir="ltr">
      {safeRuns(text).map((run, index) =>
        run.escaped ? (
          <span key={index} class="escape">
            {run.text}
          </span>
        ) : (
          run.text
        ),
      )}
    </bdi>
  );
}
