import { type ComponentType, render } from "preact";
import { type Demo, openDemo } from "./demo";
import { find } from "./element";
import { Header } from "./Header";
import type { PlaceName } from "./places";

/** Shows a page: its head at once, the rest once the server has said how to speak to it. */
export async function showPage(here: PlaceName, Page: ComponentType<{ readonly demo: Demo }>): Promise<void> {
  const main = find(document, "main", HTMLElement);
  const demo = await startDemo(here);
  if (demo !== null) render(<Page demo={demo} />, main);
}

/** Renders the head and connects; null, with the reason shown, where that cannot be. */
export async function startDemo(here: PlaceName): Promise<Demo | null> {
  const header = find(document, "header", HTMLElement);
  render(<Header here={here} demo={null} />, header);
  try {
    const demo = await openDemo();
    render(<Header here={here} demo={demo} />, header);
    return demo;
  } catch (error) {
    const notice = document.createElement("p");
    notice.className = "notice";
    notice.setAttribute("role", "alert");
    notice.textContent = error instanceof Error ? error.message : String(error);
    find(document, "main", HTMLElement).before(notice);
    return null;
  }
}
