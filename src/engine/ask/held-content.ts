import { createCursor } from "../content/cursor";
import type { Content } from "../content/draft";
import type { History } from "../content/history";

/** Finds the contents at places that a history still keeps, cheapest where they are near each other. */
export function createHeldContent(history: History): (place: number) => Content {
  const cursor = createCursor(history);
  return (place) => {
    const content = cursor.moveTo(place);
    if (content === "truncated") throw new Error(`Place ${place} is not in the history any more.`);
    return content;
  };
}
