import { defineStore } from "../../../../../src/server/musubi/define-store";
import { assign } from "../../../../../src/server/musubi/socket";

/** Takes two pictures, which clients bring elsewhere. */
export const UploadRootStore = defineStore({
  module: "Musubi.WireCapture.Stores.UploadRootStore",
  root: true,
  uploads: {
    avatar: {
      accept: [".png"],
      maxEntries: 2,
      maxFileSize: 1_000_000,
      chunkSize: 1_024,
      external: (entry) => ({
        uploader: "s3",
        meta: { url: `https://uploads.example.test/${entry.clientName}` },
      }),
    },
  },
  mount: (_params, socket) => assign(socket, { title: "uploads" }),
  render: ({ assigns: { title } }) => ({ title }),
});
