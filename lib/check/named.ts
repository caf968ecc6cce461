// Finds a safety property by the name under which scenarios and pages speak of it.

import * as localProperties from './local-properties.ts';
import * as logProperties from './log-properties.ts';
import * as properties from './properties.ts';
import type { Property } from './property.ts';

/** Every safety property of the book. */
export const allProperties: readonly Property[] = [
  ...Object.values(properties),
  ...Object.values(logProperties),
  ...Object.values(localProperties),
];

/** The safety property of that name. Throws when there is none. */
export function propertyNamed(name: string): Property {
  const found = allProperties.find((property) => property.name === name);
  if (!found) throw new Error(`there is no safety property named ${name}`);
  return found;
}
