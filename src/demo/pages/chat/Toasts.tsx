import type { Toaster } from "./toasts";

/** The toasts, in a corner of the window, said aloud as they come. */
export function Toasts({ toaster }: { readonly toaster: Toaster }) {
  return (
    <div class="toasts" role="status" aria-label="Push events">
      {toaster.toasts.value.map(({ key, text }) => (
        <div key={key} class="toast">
          <span class="grow">{text}</span>
          <button
            type="button"
            class="icon"
            aria-label={`Dismiss: ${text}`}
            onClick={() => toaster.dismiss(key)}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
