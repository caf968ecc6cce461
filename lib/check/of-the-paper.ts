// The safety properties that the paper itself states. What breaks one of these is harm; what breaks another property of
// the book breaks a rule of the protocol, and that alone hurts nobody yet.

import * as logProperties from './log-properties.ts';
import * as properties from './properties.ts';
import type { Property } from './property.ts';

const ofThePaper: ReadonlySet<Property> = new Set([
  ...Object.values(properties),
  ...Object.values(logProperties),
]);

/** Those of these properties that the paper states (Fig. 3, and what Fig. 2 says of each field). */
export const paperProperties = (properties: readonly Property[]): readonly Property[] =>
  properties.filter((property) => ofThePaper.has(property));
