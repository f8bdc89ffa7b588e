import { type ComponentType, render } from "preact";
import { type Demo, openDemo } from "./demo";
import { find } from "./element";
import { Header } from "./Header";
import type { PlaceName } from "./places";

/** Shows a page: its head at once, the rest once the server has said how to speak to it. */
export async function showPage(here: PlaceName, Page: ComponentType<{ readonly demo: Demo }>): Promise<void> {
  const header = find(document, "header", HTMLElement);
  const main = find(document, "main", HTMLElement);
  render(<Header here={here} demo={null} />, header);
  try {
    const demo = await openDemo();
    render(<Header here={here} demo={demo} />, header);
    render(<Page demo={demo} />, main);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    render(
      <p class="notice" role="alert">
        {reason}
      </p>,
      main,
    );
  }
}
