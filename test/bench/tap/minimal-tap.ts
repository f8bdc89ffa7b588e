/**
 * Runs in a page: the least that any tap does. A second listener, a wrapped `send`, one object a frame, a batch over a
 * port four times a second; nothing is kept, checked or made transparent. What it costs here and now tells what the
 * budget means on this machine.
 */
export function installMinimalTap(): void {
  const { port1, port2 } = new MessageChannel();
  let batch: unknown[] = [];
  let isScheduled = false;
  function post(): void {
    isScheduled = false;
    port1.postMessage(batch);
    batch = [];
  }
  function add(type: "in" | "out", data: unknown): void {
    batch.push({ type, at: performance.timeOrigin + performance.now(), socket: 1, data });
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(post, 250);
  }
  port2.onmessage = ({ data }) => void data.length;
  const Native = WebSocket;
  const { send } = Native.prototype;
  Native.prototype.send = function (data) {
    add("out", data);
    send.call(this, data);
  };
  globalThis.WebSocket = new Proxy(Native, {
    construct(target, args, newTarget) {
      const socket: WebSocket = Reflect.construct(target, args, newTarget);
      socket.addEventListener("message", ({ data }) => add("in", data));
      return socket;
    },
  });
}
