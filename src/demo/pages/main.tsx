import { render } from "preact";
import { bindCounter } from "./counter-view";
import type { Demo } from "./demo";
import { find } from "./element";
import { bindFaults } from "./fault-buttons";
import { ReplyEntries } from "./ReplyEntries";
import { startDemo } from "./show-page";
import { bindTodos } from "./todo-view";

function showStart(demo: Demo): void {
  const { client, config, log, entries } = demo;
  // Where roots share a channel they share one space of ids, whatever their modules (wire.md 4).
  const todosId = config.wire === "multiplexed" ? "todos" : "main";
  render(<ReplyEntries entries={entries} />, find(document, "#reply-log", HTMLOListElement));
  const counter = bindCounter(find(document, '[data-root="Demo.CounterStore"]', HTMLElement), client, log);
  bindTodos(find(document, '[data-root="Demo.TodoStore"]', HTMLElement), todosId, client, log);
  bindFaults(document, demo, counter);
}

const demo = await startDemo("index");
if (demo !== null) showStart(demo);
