// How many scenarios of chapter 8 begin: with a leader that all others have heard from.

import type { Script } from '../../../lib/cluster/script.ts';
import { askPreVotes } from '../../07-prevote/scenarios/with-pre-votes.ts';

/** Elects a node with the votes of just these others, and lets all messages arrive. */
export function lead(run: Script, leader: string, ...voters: string[]): void {
  run.prologue(() => {
    elect(run, leader, ...voters);
    run.settle();
  });
}

/** Elects a node with the votes of just these others; more messages stay in flight. */
export function elect(run: Script, candidate: string, ...voters: string[]): void {
  run.timeout(candidate);
  askPreVotes(run, candidate);
  for (const voter of voters) run.deliver('RequestVote', candidate, voter);
  for (const voter of voters) run.deliver('RequestVoteReply', voter, candidate);
}

/** These nodes have not heard from their leader for the shortest election timeout. */
export function loseContact(run: Script, ...nodes: string[]): void {
  run.prologue(() => {
    for (const node of nodes) run.timeout(node, 'contact');
  });
}
