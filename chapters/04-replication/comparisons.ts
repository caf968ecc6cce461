// The two comparisons on which the log's safety rests: whose log is as up to date, and what a majority stores.

import type { Log } from '../../lib/log/log.ts';
import { majority } from '../03-voting/voting.ts';
import type { ReplicationState } from './state.ts';

/** True when the log of a candidate is at least as up to date as this one (§5.4.1). */
export const isUpToDate = (
  candidate: { readonly lastLogIndex: number; readonly lastLogTerm: number },
  log: Log,
): boolean =>
  candidate.lastLogTerm > log.lastTerm ||
  (candidate.lastLogTerm === log.lastTerm && candidate.lastLogIndex >= log.lastIndex);

/**
 * The highest index that a majority is known to store; the leader's own log counts. It is 0 on a
 * node that does not lead, because only a leader has a matchIndex.
 */
export function majorityIndex(me: ReplicationState): number {
  if (me.role !== 'leader') return 0;
  const stored = me.peers.map((peer) => me.matchIndex[peer] ?? 0);
  const highestFirst = [...stored, me.log.lastIndex].sort((a, b) => b - a);
  return highestFirst[majority(me) - 1] ?? 0;
}
