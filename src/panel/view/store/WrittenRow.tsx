import type { ComponentChildren } from "preact";

type WrittenRowProps = {
  /** Its number in the whole list, from 0, and how many there are. */
  readonly place: { readonly row: number; readonly total: number };
  readonly data: { readonly [name: `data-${string}`]: string | number };
  readonly children: ComponentChildren;
};

/** One item of a virtual list: a value or a render, and under it what is known of it. */
export function WrittenRow({ place, data, children }: WrittenRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an item of a virtual list has no list element around it
    <div role="listitem" class="written" aria-posinset={place.row + 1} aria-setsize={place.total} {...data}>
      {children}
    </div>
  );
}
