// Finds a safety property by the name under which scenarios and pages speak of it.

import * as applyProperties from './apply-properties.ts';
import * as clientProperties from './client-properties.ts';
import * as electionProperties from './election-properties.ts';
import * as leaderProperties from './leader-properties.ts';
import * as membershipProperties from './membership-properties.ts';
import * as logProperties from './log-properties.ts';
import * as paxosProperties from './paxos-properties.ts';
import * as persistenceProperties from './persistence-properties.ts';
import * as properties from './properties.ts';
import * as snapshotProperties from './snapshot-properties.ts';
import * as transferProperties from './transfer-properties.ts';
import type { Property } from './property.ts';

/** Every safety property of the book. */
export const allProperties: readonly Property[] = [
  ...Object.values(properties),
  ...Object.values(logProperties),
  ...Object.values(electionProperties),
  ...Object.values(leaderProperties),
  ...Object.values(applyProperties),
  ...Object.values(persistenceProperties),
  ...paxosProperties.properties,
  ...Object.values(clientProperties),
  ...Object.values(snapshotProperties),
  ...Object.values(membershipProperties),
  ...Object.values(transferProperties),
];

/** The safety property of that name. Throws when there is none. */
export function propertyNamed(name: string): Property {
  const found = allProperties.find((property) => property.name === name);
  if (!found) throw new Error(`there is no safety property named ${name}`);
  return found;
}
