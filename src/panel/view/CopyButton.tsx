import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { say } from "../text/say";
import { copyText } from "./clipboard";

/** How long the button says what became of it. */
const TOLD_MS = 1_500;

type CopyButtonProps = {
  readonly label: string;
  /** Called when the button is pressed. */
  readonly text: () => string;
  readonly name: string;
};

export function CopyButton({ label, text, name }: CopyButtonProps) {
  const told = useSignal<boolean | null>(null);

  useEffect(() => {
    if (told.value === null) return;
    const timer = setTimeout(() => {
      told.value = null;
    }, TOLD_MS);
    return () => clearTimeout(timer);
  }, [told, told.value]);

  return (
    <button
      type="button"
      class="button"
      data-action={name}
      onClick={async () => {
        told.value = await copyText(text());
      }}
    >
      <span aria-live="polite">
        {told.value === null ? label : say(told.value ? "copy_done" : "copy_refused")}
      </span>
    </button>
  );
}
