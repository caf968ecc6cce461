// How many scenarios of chapter 10 begin: A leads and has compacted its log, and C has missed everything.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Entry } from '../../../lib/log/log.ts';
import { elect } from '../../08-persistence/scenarios/lead.ts';

/** Entries of one term. */
export const entries = (term: number, ...commands: string[]): Entry[] =>
  commands.map((command) => ({ term, command }));

/** Where A and B store these commands of term 1, and C stores none. */
export const storedByTwo = (...commands: string[]) => ({
  A: { currentTerm: 1, log: entries(1, ...commands) },
  B: { currentTerm: 1, log: entries(1, ...commands) },
  C: { currentTerm: 1, log: [] },
});

/** Where all three store these commands of term 1. */
export const storedByAll = (...commands: string[]) => ({
  ...storedByTwo(...commands),
  C: { currentTerm: 1, log: entries(1, ...commands) },
});

/** Two keys: their snapshot goes in one chunk. */
export const twoKeys = storedByTwo('x=1', 'x=2', 'y=3');

/** Three keys: their snapshot goes in two chunks. */
export const threeKeys = storedByTwo('x=1', 'y=2', 'z=3');

/**
 * A leads term 2 with the vote of another node. Both commit and apply four entries, and compact
 * their logs. What goes to the third is lost.
 */
export function compactWithout(run: Script, other = 'B'): void {
  run.prologue(() => {
    elect(run, 'A', other);
    run.settle('A', other);
    run.timeout('A', 'heartbeat');
    run.settle('A', other);
    run.dropAll();
  });
}

/** A sends a heartbeat. B answers it; what A sends to C, a snapshot where it needs one, is under way. */
export function beatAmongTwo(run: Script): void {
  run.prologue(() => {
    run.timeout('A', 'heartbeat');
    run.settle('A', 'B');
  });
}
