import { type ReadonlySignal, signal } from "@preact/signals";

export type Toast = { readonly key: number; readonly text: string };

/** How long a toast stays, and how many there are at once. */
const STAY_MS = 6_000;
const MAX_TOASTS = 4;

export type Toaster = {
  readonly toasts: ReadonlySignal<readonly Toast[]>;
  readonly show: (text: string) => void;
  readonly dismiss: (key: number) => void;
};

/** Messages that go away by themselves. */
export function createToaster(): Toaster {
  const toasts = signal<readonly Toast[]>([]);
  let last = 0;
  const dismiss = (key: number): void => {
    toasts.value = toasts.peek().filter((toast) => toast.key !== key);
  };
  const show = (text: string): void => {
    last += 1;
    const key = last;
    toasts.value = [...toasts.peek(), { key, text }].slice(-MAX_TOASTS);
    setTimeout(() => dismiss(key), STAY_MS);
  };
  return { toasts, show, dismiss };
}
