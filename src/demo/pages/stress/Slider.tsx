import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";

type SliderProps = {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** What the server holds. */
  readonly value: number;
  readonly set: (value: number) => void;
};

/** A number that the server holds: it is sent when the thumb is let go, and shown while it moves. */
export function Slider({ name, label, unit, min, max, value, set }: SliderProps) {
  const id = useId();
  const moved = useSignal<number | null>(null);
  const shown = moved.value ?? value;
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id} data-show={name}>
        {shown} {unit}
      </output>
      <input
        id={id}
        type="range"
        name={name}
        min={min}
        max={max}
        value={shown}
        onInput={({ currentTarget }) => {
          moved.value = currentTarget.valueAsNumber;
        }}
        onChange={({ currentTarget }) => {
          moved.value = null;
          set(currentTarget.valueAsNumber);
        }}
      />
    </div>
  );
}
