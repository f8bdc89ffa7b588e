/** The names of the ports of a DevTools page and of a panel to the background. */
export const DEVTOOLS_PORT = "devtools";
export const PANEL_PORT = "panel";
