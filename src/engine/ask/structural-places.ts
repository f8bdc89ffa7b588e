import { countPassing } from "../content/count-passing";

/** The places after the revisions in which stores came, went or moved, in order. */
type StructuralPlaces = {
  /** Adds a place, behind the others. */
  readonly add: (place: number) => void;
  readonly clear: () => void;
  /** Lets go of the places up to this one. */
  readonly forget: (place: number) => void;
  readonly has: (place: number) => boolean;
  /** The last of them that is not behind `place`. */
  readonly lastUpTo: (place: number) => number | undefined;
};

/** No places yet. */
export function createStructuralPlaces(): StructuralPlaces {
  let places: number[] = [];
  const countUpTo = (place: number): number =>
    countPassing(places.length, (at) => (places[at] ?? 0) <= place);
  return {
    add: (place) => void places.push(place),
    clear() {
      places = [];
    },
    forget(place) {
      places = places.slice(countUpTo(place));
    },
    has: (place) => places[countUpTo(place) - 1] === place,
    lastUpTo: (place) => places[countUpTo(place) - 1],
  };
}
