import { defineStore } from "../../../../../src/server/musubi/define-store";
import type { MusubiSocket } from "../../../../../src/server/musubi/socket";

/** Shows its label. It is no root, and has no command. */
export const ChildStore = defineStore({
  module: "Musubi.WireCapture.Stores.ChildStore",
  render: ({ assigns: { label } }: MusubiSocket<{ readonly label: string }>) => ({ label }),
});
