import type { Diagnosis } from "../model/diagnosis";
import type { Panel } from "../model/panel";
import { adviceOn } from "./advice";
import { Ladder } from "./Ladder";
import { SafeText } from "./SafeText";
import { StopActions } from "./StopActions";

/** Why there is nothing to see, what to do about it, and how far the way goes. */
export function Notice({ panel, diagnosis }: { readonly panel: Panel; readonly diagnosis: Diagnosis }) {
  const { stop } = diagnosis;
  const { title } = adviceOn(stop, panel.capture.asksHere);
  return (
    <div class="notice" role="status" data-diagnosis={nameOf(diagnosis)} data-stop={stop.kind}>
      <h2>{title}</h2>
      <NoticeBody panel={panel} diagnosis={diagnosis} />
    </div>
  );
}

/** The same in one line that unfolds, where there is something beside it to see. */
export function NoticeLine({ panel, diagnosis }: { readonly panel: Panel; readonly diagnosis: Diagnosis }) {
  const { stop } = diagnosis;
  const { title } = adviceOn(stop, panel.capture.asksHere);
  return (
    <details class="notice-line" data-diagnosis={nameOf(diagnosis)} data-stop={stop.kind}>
      <summary>{title}</summary>
      <div class="notice">
        <NoticeBody panel={panel} diagnosis={diagnosis} />
      </div>
    </details>
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

function NoticeBody({ panel, diagnosis }: { readonly panel: Panel; readonly diagnosis: Diagnosis }) {
  const { stop, ladder, step } = diagnosis;
  return (
    <>
      {adviceOn(stop, panel.capture.asksHere).body.map((sentence) => (
        <p key={sentence}>
          <SafeText text={sentence} />
        </p>
      ))}
      <StopActions stop={stop} capture={panel.capture} />
      {step !== null && <Ladder ladder={ladder} />}
    </>
  );
}

/** The step at which it stops; before the first of them, the stop itself. */
function nameOf({ step, stop }: Diagnosis): string {
  return step ?? stop.kind;
}
