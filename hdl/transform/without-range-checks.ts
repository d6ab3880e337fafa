import { type Design, propertiesOf, statedProperties } from "../ir/index.ts";
import { mapModules } from "./deduplicate.ts";
import { remove } from "./remove.ts";

/** The design without the checks of indices, and without what only they read: what is delivered as Verilog. */
export function withoutRangeChecks(design: Design): Design {
  return mapModules(design, ({ current }) => {
    const properties = statedProperties(current);
    return properties === propertiesOf(current) ? current : remove(Object.freeze({ ...current, properties }));
  });
}
