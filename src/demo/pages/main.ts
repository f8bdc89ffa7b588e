import { Socket } from "phoenix";
import { createClient } from "../../client/client";
import { watchConnection } from "../../client/connection-status";
import { bindCounter } from "./counter-view";
import { find } from "./element";
import { bindFaults } from "./fault-buttons";
import { createReplyLog } from "./reply-log";
import { bindTodos } from "./todo-view";

const socket = new Socket("/socket");
const log = createReplyLog(find(document, "#reply-log", HTMLOListElement));
const client = createClient(socket, { report: (problem) => log("problem", "problem", problem) });

const chip = find(document, "#connection-status", HTMLElement);
watchConnection(socket, (status) => {
  chip.textContent = status;
  chip.dataset.status = status;
});
socket.connect();

const counter = bindCounter(find(document, '[data-root="Demo.CounterStore"]', HTMLElement), client, log);
bindTodos(find(document, '[data-root="Demo.TodoStore"]', HTMLElement), client, log);
bindFaults(document, socket, counter);
