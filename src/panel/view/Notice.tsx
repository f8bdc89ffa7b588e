import type { Diagnosis } from "../model/diagnosis";
import { TEXT } from "./text";

/** Why there is nothing to see, and what to do. */
export function Notice({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const { title, body } = TEXT.diagnosis[diagnosis];
  return (
    <div class="notice" role="status" data-diagnosis={diagnosis}>
      <h2>{title}</h2>
      {body.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

/** One sentence in the place of what is not there. */
export function Sentence({ text }: { readonly text: string }) {
  return (
    <p class="sentence" role="status">
      {text}
    </p>
  );
}
