/** The `phx_reply` of status ok on a topic. */
export function okReply(topic: string, joinRef: string | null, ref: string, response: unknown = {}) {
  return [joinRef, ref, topic, "phx_reply", { status: "ok", response }];
}

/** The `phx_reply` of status error on a topic, with a reason. */
export function errorReply(topic: string, joinRef: string | null, ref: string, reason: string) {
  return [joinRef, ref, topic, "phx_reply", { status: "error", response: { reason } }];
}
