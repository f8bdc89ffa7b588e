import { type MinifyOptions, minify } from "terser";
import type { Plugin } from "vite";

/** Reading a property may do something: signals note who reads them. */
const OPTIONS: MinifyOptions = {
  module: true,
  compress: { ecma: 2020, pure_getters: false, hoist_funs: true, lhs_constants: false },
  format: { ecma: 2020, comments: false },
};

/**
 * Packs what the panel's own sources became once more: unlike the bundler, terser writes a function that is called once
 * where it is called. It takes seconds, so nothing else is worth it, nor is a build that is only watched.
 */
export function packPanel(): Plugin {
  return {
    name: "pack-panel",
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        if (this.meta.watchMode) return;
        for (const file of Object.values(bundle)) {
          if (file.type !== "chunk" || !file.moduleIds.some((id) => id.includes("/src/panel/view/")))
            continue;
          file.code = (await minify(file.code, OPTIONS)).code ?? file.code;
        }
      },
    },
  };
}
