// The host of a viewer, on a thread of its own: however much comes in, the page stays quick.
import { serveHost } from "../host/worker-host";

serveHost(self);
