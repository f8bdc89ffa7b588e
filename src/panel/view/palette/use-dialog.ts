import { effect, type ReadonlySignal } from "@preact/signals";
import type { RefObject, TargetedKeyboardEvent } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";

/**
 * Shows a modal dialog while `isOpen` is true. As it closes at once, and not with the next drawing, the keyboard is
 * back where it was before whatever comes next.
 */
export function useDialog(ref: RefObject<HTMLDialogElement | null>, isOpen: ReadonlySignal<boolean>): void {
  useEffect(
    () =>
      effect(() => {
        const dialog = ref.current;
        if (dialog === null || dialog.open === isOpen.value) return;
        if (isOpen.value) dialog.showModal();
        else dialog.close();
      }),
    [ref, isOpen],
  );
}

/**
 * Tells of a dialog that the browser has closed. What it says of one that was closed here comes late: another may be
 * open by then.
 */
export function onDialogClosed(
  { current: dialog }: RefObject<HTMLDialogElement | null>,
  isOpen: ReadonlySignal<boolean>,
  close: () => void,
): void {
  if (isOpen.peek() && dialog?.open === false) close();
}

/** Gives the keyboard to an element as soon as it is there: a dialog's content comes after the dialog is shown. */
export function useFirstFocus(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => ref.current?.focus(), [ref]);
}

/** Escape closes the dialog and nothing else: DevTools would open their drawer. */
export function closeOnEscape(
  event: Pick<
    TargetedKeyboardEvent<HTMLElement>,
    "key" | "isComposing" | "preventDefault" | "stopPropagation"
  >,
  close: () => void,
): void {
  if (event.key !== "Escape" || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  close();
}
