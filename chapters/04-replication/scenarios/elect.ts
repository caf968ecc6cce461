// How the scenarios from chapter 4 on begin: with a leader.

import type { Script } from '../../../lib/cluster/script.ts';

/** Elects a node with the votes of just these others, as a prologue; more messages stay in flight. */
export function elect(run: Script, candidate: string, ...voters: string[]): void {
  run.prologue(() => {
    run.timeout(candidate);
    for (const voter of voters) run.deliver('RequestVote', candidate, voter);
    for (const voter of voters) run.deliver('RequestVoteReply', voter, candidate);
  });
}

/** Elects a node and lets everyone hear of it. */
export function electAndSettle(run: Script, candidate: string, ...voters: string[]): void {
  elect(run, candidate, ...voters);
  run.prologue(() => run.settle());
}
