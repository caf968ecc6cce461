// Figure 7 of the paper: a leader and six followers (a)–(f) that lack entries, have extra ones, or both. It runs
// with both rules for going back, so that the round trips can be compared.

import type { NodeState } from '../../../lib/node/contract.ts';
import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';

/** A log with these terms. A command tells its term and place: `a=1` is of term 1, `d=4` of term 4. */
const logOf = (terms: string) =>
  [...terms].map((term, place) => ({
    term: Number(term),
    command: `${' abcdefg'[Number(term)]}=${place + 1}`,
  }));

/** L leads next; A to F are the followers (a) to (f) of the figure. */
const terms = {
  L: '1114455666',
  A: '111445566',
  B: '1114',
  C: '11144556666',
  D: '111445566677',
  E: '1114444',
  F: '11122233333',
};

/** All have seen term 7, the last one in which anybody led. */
const start = Object.fromEntries(
  Object.entries(terms).map(([node, log]): [string, Partial<NodeState>] => [
    node,
    { currentTerm: 7, log: logOf(log) },
  ]),
);

export const followers = ['A', 'B', 'C', 'D', 'E', 'F'];

function script(run: Script): void {
  run.prologue(() => {
    run.timeout('L');
    for (const voter of ['A', 'B', 'E', 'F']) run.deliver('RequestVote', 'L', voter);
    for (const voter of ['A', 'B', 'E']) run.deliver('RequestVoteReply', voter, 'L');
  });
  for (const follower of followers) run.settle('L', follower);
  run.note(
    'C and D hold entries that L does not have. They stay until an entry of L takes their place.',
  );
  run.request('L', 'h=11');
  run.settle();
}

const outcome = {
  says: 'Every follower ends with the log of L.',
  nodes: Object.fromEntries(
    ['L', ...followers].map((node) => [
      node,
      { log: [...logOf(terms.L), { term: 8, command: 'h=11' }] },
    ]),
  ),
};

export const figure7: Scenario = {
  name: 'figure-7',
  title: 'Figure 7, one term at a time',
  about:
    'The logs of Figure 7. L leads term 8. After a refusal it skips a whole term, or goes to the end of a shorter log.',
  nodes: ['L', ...followers],
  start,
  script,
  outcome,
};

export const figure7OneByOne: Scenario = {
  ...figure7,
  name: 'figure-7-one-by-one',
  title: 'Figure 7, one index at a time',
  about: 'The logs of Figure 7. L leads term 8, and each refusal goes back by one index.',
  variant: 'one-by-one',
};
