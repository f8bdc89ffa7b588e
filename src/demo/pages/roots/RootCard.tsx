import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { State, UsedRoot } from "./use-root";

type RootCardProps = {
  readonly title: ComponentChildren;
  readonly root: UsedRoot;
  /** What shows the root's state. It is drawn once there is one. */
  readonly children: (state: State) => ComponentChildren;
};

/** A card that shows one root: its status and version, what is in it, and its state as the wire has it. */
export function RootCard({ title, root, children }: RootCardProps) {
  const heading = useId();
  const { module, id } = root.spec;
  const snapshot = root.snapshot.value;
  const state = snapshot === null || snapshot === "failed" ? null : snapshot.data;
  const status = snapshot === null ? "mounting" : snapshot === "failed" ? "failed" : snapshot.status;
  return (
    <section class="card" data-root={module} data-root-id={`${module}:${id}`} aria-labelledby={heading}>
      <div class="card-head">
        <h2 id={heading}>{title}</h2>
        <RootFacts root={root} status={status} />
      </div>
      <fieldset class="stack" data-controls disabled={status !== "mounted"}>
        <legend class="hidden">
          State and commands of {module}:{id}
        </legend>
        {state !== null && children(state)}
      </fieldset>
      <WireState root={root} />
    </section>
  );
}

function RootFacts({ root, status }: { readonly root: UsedRoot; readonly status: string }) {
  const snapshot = root.snapshot.value;
  const version = snapshot === null || snapshot === "failed" ? 0 : snapshot.version;
  const isMounted = root.root.value !== null;
  return (
    <>
      <p class="facts">
        <span class="chip" data-show="status" data-status={status}>
          {status}
        </span>{" "}
        version <span data-show="version">{version}</span>
      </p>
      <button
        type="button"
        class="quiet"
        data-action="toggle-mount"
        disabled={status === "mounting"}
        onClick={() => (isMounted ? root.unmount() : root.mount())}
      >
        {isMounted || status === "mounting" ? "Unmount" : "Mount"}
        <span class="hidden">
          {" "}
          {root.spec.module}:{root.spec.id}
        </span>
      </button>
    </>
  );
}

/** The state as it is on the wire, markers and all. Written out only while somebody looks: it may be large. */
function WireState({ root }: { readonly root: UsedRoot }) {
  const isOpen = useSignal(false);
  const snapshot = root.snapshot.value;
  const state = snapshot === null || snapshot === "failed" ? null : snapshot.state;
  return (
    <details
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>State on the wire</summary>
      {isOpen.value && (
        // A long text scrolls in itself, and so has to be in reach of the keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard
        <pre data-show="state" tabIndex={0}>
          {JSON.stringify(state, null, 2)}
        </pre>
      )}
    </details>
  );
}
