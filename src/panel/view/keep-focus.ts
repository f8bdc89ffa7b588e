const LISTS = "[role=tree], [role=grid], [role=listbox]";
const REACHED = `:is(button, input, select):enabled:not([tabindex="-1"]), [tabindex="0"]`;

/**
 * The keyboard never falls out of the panel: where what has it goes, such as the button that closes the pane it is in,
 * the nearest list gets it or, where what was around has none, the first thing there that can. The returned function
 * ends it.
 */
export function keepFocus(): () => void {
  const lifetime = new AbortController();
  /** What had the keyboard last, and all that it stood in, from the inside out. */
  let path: readonly EventTarget[] = [];
  const onFocus = (event: FocusEvent): void => {
    path = event.composedPath();
  };
  /** A person who presses where nothing takes the keyboard has put it down. */
  const onClick = (): void => {
    if (document.activeElement === document.body) path = [];
  };
  const observer = new MutationObserver(() => {
    const [last] = path;
    if (!(last instanceof Element) || last.isConnected) return;
    const left = path.filter((part): part is HTMLElement => part instanceof HTMLElement && part.isConnected);
    path = [];
    if (document.activeElement === document.body) heirIn(left)?.focus();
  });
  document.addEventListener("focusin", onFocus, { signal: lifetime.signal });
  document.addEventListener("click", onClick, { capture: true, signal: lifetime.signal });
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    lifetime.abort();
    observer.disconnect();
  };
}

function heirIn(around: readonly HTMLElement[]): HTMLElement | undefined {
  for (const part of around) {
    for (const kind of [LISTS, REACHED]) {
      const found = [part, ...part.querySelectorAll<HTMLElement>(kind)].find(
        (one) => one.matches(kind) && one.checkVisibility(),
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
