// Runs of chapter 11 about leaders: one that is removed, and one that is disturbed by a removed node.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead, loseContact } from '../../08-persistence/scenarios/lead.ts';
import { foundedBy } from '../state.ts';
import { beat, roundTrip } from './lead.ts';

export const stillNeeded: Scenario = {
  name: 'still-needed',
  title: 'A removed leader that is still needed',
  about:
    'A takes itself out of a cluster of two. Only A stores the entry that says so, and it crashes.',
  nodes: ['A', 'B'],
  start: foundedBy(['A', 'B'], ['A', 'B']),
  script(run) {
    lead(run, 'A', 'B');
    run.note('A is to go. It appends the configuration of B alone, and goes by it.');
    run.change('A', 'B');
    run.prologue(() => run.dropAll());
    run.note('It crashes and starts again. Nobody leads.');
    run.crash('A');
    run.restart('A');
    loseContact(run, 'B');
    run.timeout('B');
    run.ask(
      'B asks A for a pre-vote. Does it get one?',
      'No. Both still hear of no leader, but the log of A has one entry more than that of B.',
    );
    run.prologue(() => run.deliver('PreVote', 'B', 'A'));
    run.prologue(() => run.deliver('PreVoteReply', 'A', 'B'));
    run.ask(
      'A has no vote by its own log. If it kept still, what would become of the cluster?',
      'Nothing more would happen: B cannot win. A does not know its removal to be committed, so it stands.',
    );
    run.timeout('A');
    run.note('The vote of B alone is a majority of B. A leads, and does not count itself.');
    roundTrip(run, 'PreVote', 'A', 'B');
    roundTrip(run, 'RequestVote', 'A', 'B');
    run.note(
      'B stores the configuration in which it is alone. But it does not lead, so it commits nothing.',
    );
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.prologue(() => run.settle('A', 'B'));
    run.note('The removal is committed, and A has stepped down. B elects itself.');
    loseContact(run, 'B');
    run.timeout('B');
  },
  outcome: {
    says: 'B is alone and leads. A has stepped down.',
    nodes: {
      A: { role: 'follower', configuration: [['B']] },
      B: { role: 'leader', configuration: [['B']] },
    },
  },
};

export const leadsFromOutside: Scenario = {
  name: 'leads-from-outside',
  title: 'A leader that does not count itself',
  about: 'A takes itself out of a cluster of three, with a command on its way.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.request('A', 'x=1');
    run.note('A is to go. It appends the configuration of B and C, and goes by it.');
    run.change('A', 'B', 'C');
    run.ask(
      'B stores x=1, and so does A. Before the change that was enough. Is x=1 committed?',
      'No. By the configuration that is in force, it takes both B and C. A does not count itself.',
    );
    roundTrip(run, 'AppendEntries', 'A', 'B');
    run.note('C stores it as well. A answers its client: it still leads.');
    roundTrip(run, 'AppendEntries', 'A', 'C');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('Both store the configuration without A. It is committed, and A steps down.');
    run.deliver('AppendEntriesReply', 'C', 'A');
  },
  outcome: {
    says: 'A has stepped down, and x=1 is committed.',
    nodes: {
      A: { role: 'follower', configuration: [['B', 'C']], machine: { x: '1' } },
      B: { role: 'follower', configuration: [['B', 'C']] },
    },
  },
};

const fourNodes = {
  nodes: ['A', 'B', 'C', 'D'],
  start: foundedBy(['A', 'B', 'C', 'D'], ['A', 'B', 'C', 'D']),
};

/** A leads, and takes D out. D does not hear of it, nor of A any more. */
function removeD(run: Script): void {
  lead(run, 'A', 'B', 'C');
  run.note('D is taken out. From now on, A sends nothing to D. B and C have not heard of it yet.');
  run.change('A', 'A', 'B', 'C');
}

export const disturbed: Scenario = {
  name: 'disturbed',
  title: 'A removed node disturbs the cluster',
  about:
    'PreVote that asks about the log alone. D has been removed, and its log is as good as those of the others.',
  ...fourNodes,
  variant: 'pre-vote-alone',
  script(run) {
    removeD(run);
    run.note('D hears nothing, so it asks for pre-votes.');
    run.timeout('D');
    run.ask(
      'A leads, and B hears from it. With these rules, would B vote for D?',
      'Yes. B compares logs, and D stores all that B stores. The entry that removes D has not arrived.',
    );
    roundTrip(run, 'PreVote', 'D', 'B');
    roundTrip(run, 'PreVote', 'D', 'C');
    run.note('D starts a term. Nothing was wrong with A, and it is deposed.');
    run.deliver('RequestVote', 'D', 'A');
  },
  outcome: {
    says: 'A is deposed by a node that it has removed.',
    nodes: {
      A: { role: 'follower', currentTerm: 2 },
      D: { role: 'candidate', currentTerm: 2 },
    },
    violates: 'A leader is not disturbed',
  },
};

export const undisturbed: Scenario = {
  name: 'undisturbed',
  title: 'Who hears from a leader is not disturbed',
  about: 'The same schedule with the rules of this chapter.',
  ...fourNodes,
  script(run) {
    removeD(run);
    run.note('D hears nothing, so it asks for pre-votes.');
    run.timeout('D');
    run.ask(
      'Would B and C vote for D now?',
      'No. They hear from A. That the log of D is as good as theirs does not matter.',
    );
    roundTrip(run, 'PreVote', 'D', 'B');
    roundTrip(run, 'PreVote', 'D', 'C');
    run.note('Meanwhile D is removed for good.');
    run.prologue(() => run.drop('PreVote', 'D', 'A'));
    roundTrip(run, 'AppendEntries', 'A', 'B');
    beat(run, 'A', 'B', 'C');
    run.note('D will ask again and again, until somebody turns it off. Nobody minds.');
    run.timeout('D');
    run.settle();
  },
  outcome: {
    says: 'A still leads term 1.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, D: { role: 'pre-candidate', currentTerm: 1 } },
  },
};

export const disregarded: Scenario = {
  name: 'disregarded',
  title: 'A request for votes that is disregarded',
  about:
    'D has its pre-votes from a moment in which nobody heard from A. Then it asks for the votes.',
  ...fourNodes,
  script(run) {
    removeD(run);
    run.note('What A sends is slow. B, C and D have heard nothing for an election timeout.');
    loseContact(run, 'B', 'C', 'D');
    run.timeout('D');
    run.note('B and C say yes. D starts term 2, and its requests for votes are under way.');
    run.prologue(() => {
      roundTrip(run, 'PreVote', 'D', 'B');
      roundTrip(run, 'PreVote', 'D', 'C');
      run.drop('PreVote', 'D', 'A');
    });
    run.note('Before they arrive, B and C hear from A.');
    roundTrip(run, 'AppendEntries', 'A', 'B');
    roundTrip(run, 'AppendEntries', 'A', 'C');
    run.ask(
      'The request of D is of term 2, newer than that of B. Does B adopt the term?',
      'No. It hears from a leader, so it disregards the request, and the term with it.',
    );
    run.deliver('RequestVote', 'D', 'B');
    run.deliver('RequestVote', 'D', 'C');
    run.note('A does the same: it leads. One request in the wrong moment deposes nobody.');
    run.deliver('RequestVote', 'D', 'A');
  },
  outcome: {
    says: 'A leads term 1 and has removed D.',
    nodes: {
      A: { role: 'leader', currentTerm: 1, configuration: [['A', 'B', 'C']], commitIndex: 2 },
      B: { role: 'follower', currentTerm: 1 },
      D: { role: 'candidate', currentTerm: 2 },
    },
  },
};
