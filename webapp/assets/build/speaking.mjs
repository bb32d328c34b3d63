// The token simulation has its words in its markup: they are put into the reader's language where
// it makes its elements.
import { join } from "node:path";

export function speaking({ assets }) {
  const given = join(assets, "js/studio/modeler/markup.js");
  return {
    name: "speaking",
    setup(build) {
      build.onResolve({ filter: /^min-dom$/ }, ({ importer }) =>
        /[\\/]bpmn-js-token-simulation[\\/]/.test(importer) ? { path: given } : undefined,
      );
    },
  };
}
