// Finds a trial by its name, in whatever process its nodes run.

import { choices, duels } from './choices.ts';
import { deafLeader, quietReturn } from './cut-off.ts';
import { evenSplit, longerButOlder, thinnedOut } from './elections.ts';
import { leftBehind } from './left-behind.ts';
import { changesOfMembers, lastOfTwo, underLoad, unreachableNode } from './members.ts';
import { powerFailure } from './restarts.ts';
import { steadyLeader } from './steady.ts';
import { storms } from './storms.ts';
import type { Trial } from './trial.ts';
import { unheard } from './unheard.ts';

const trials: readonly Trial[] = [
  steadyLeader,
  storms('requests'),
  storms('restarts'),
  storms('clients'),
  storms('members'),
  powerFailure,
  evenSplit,
  thinnedOut,
  longerButOlder,
  deafLeader,
  quietReturn,
  leftBehind,
  unheard,
  choices,
  duels,
  changesOfMembers,
  unreachableNode,
  lastOfTwo,
  underLoad,
];

/**
 * The trial of that name; it drives a cluster the same way for every chapter. Throws when there is
 * none.
 */
export function trialNamed(name: string): Trial {
  const found = trials.find((trial) => trial.name === name);
  if (!found) throw new Error(`there is no trial named ${name}`);
  return found;
}
