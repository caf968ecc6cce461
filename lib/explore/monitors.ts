// For each property that is about a whole run: which facts a step shows that stay true for the rest of the run, and which
// two facts cannot both be.

import type { Sighting } from '../check/property.ts';
import { Log } from '../log/log.ts';
import type { NodeId, NodeState } from '../node/contract.ts';
import { canonical } from '../trace/canonical.ts';
import type { ChoiceFact } from './choices.ts';
import { acceptsShown, isChoice, learnsShown, twoAreChosen, unchosenIsLearned } from './choices.ts';
import type { OperationFact } from './operations.ts';
import { contradictThemselves, isOperation, operationsShown } from './operations.ts';

export type Fact =
  | { readonly kind: 'leads'; readonly term: number; readonly node: NodeId }
  | {
      readonly kind: 'votes';
      readonly term: number;
      readonly node: NodeId;
      readonly candidate: NodeId;
    }
  | {
      readonly kind: 'stores';
      readonly index: number;
      readonly term: number;
      readonly command: string;
      readonly termBefore: number;
    }
  | {
      readonly kind: 'applies';
      readonly index: number;
      readonly term: number;
      readonly command: string;
    }
  /** What the state machine of a node holds that has applied the entries up to this one. */
  | {
      readonly kind: 'holds';
      readonly index: number;
      readonly term: number;
      readonly machine: string;
    }
  /** The terms in the log of the leader of a term, when it was elected, after what was discarded. */
  | {
      readonly kind: 'elected';
      readonly term: number;
      readonly after: number;
      readonly log: readonly number[];
    }
  /** The last entry that the leader of a term has committed. */
  | {
      readonly kind: 'commits';
      readonly term: number;
      readonly index: number;
      readonly entryTerm: number;
    }
  | ChoiceFact
  | OperationFact;

/** The facts that one property is about. */
export interface Monitor {
  /** What a step shows that must be kept in mind. */
  shows(before: NodeState, after: NodeState, sighting: Sighting): readonly Fact[];
  /** What a step shows that is only held against what is kept in mind. */
  claims?(before: NodeState, after: NodeState): readonly Fact[];
  contradict(one: Fact, other: Fact): boolean;
  /** What no two facts alone show: the node by itself does not, either. */
  breaks?(facts: readonly Fact[], latest: Fact): boolean;
}

const logOf = ({ log }: NodeState): Log => (log ? Log.of(log) : Log.empty);

const electionSafety: Monitor = {
  shows: (before, { id, role, currentTerm: term = 0 }) =>
    role === 'leader' ? [{ kind: 'leads', term, node: id }] : [],
  contradict: (one, other) =>
    one.kind === 'leads' &&
    other.kind === 'leads' &&
    one.term === other.term &&
    one.node !== other.node,
};

const voteOf = ({ id, votedFor, currentTerm: term = 0 }: NodeState): Fact[] =>
  votedFor === null || votedFor === undefined
    ? []
    : [{ kind: 'votes', term, node: id, candidate: votedFor }];

export const everyVote: Monitor = {
  shows: (before, after) => voteOf(after),
  contradict: (one, other) =>
    one.kind === 'votes' &&
    other.kind === 'votes' &&
    one.term === other.term &&
    one.node === other.node &&
    one.candidate !== other.candidate,
};

/**
 * While terms never decrease, a vote need not be kept in mind as long as the node remembers it, nor
 * once its term is over. To keep each would make more than ten times as many worlds.
 */
export const forgottenVotes: Monitor = {
  shows(before, after) {
    const sameTerm = (after.currentTerm ?? 0) <= (before.currentTerm ?? 0);
    return sameTerm && before.votedFor !== after.votedFor ? voteOf(before) : [];
  },
  claims: (before, after) => (before.votedFor === after.votedFor ? [] : voteOf(after)),
  contradict: everyVote.contradict,
};

const logMatching: Monitor = {
  shows(before, after) {
    const log = logOf(after);
    const from = Math.max(logOf(before).firstDifference(log), log.lastIncludedIndex + 1);
    return log.entriesFrom(from).map(({ term, command }, place) => ({
      kind: 'stores' as const,
      index: from + place,
      term,
      command,
      termBefore: log.termAt(from + place - 1) ?? 0,
    }));
  },
  contradict: (one, other) =>
    one.kind === 'stores' &&
    other.kind === 'stores' &&
    one.index === other.index &&
    one.term === other.term &&
    (one.command !== other.command || one.termBefore !== other.termBefore),
};

const stateMachineSafety: Monitor = {
  shows(before, after) {
    const { lastApplied = 0 } = after;
    const log = logOf(after);
    const facts: Fact[] = [];
    for (let index = (before.lastApplied ?? 0) + 1; index <= lastApplied; index++) {
      const entry = log.entryAt(index);
      // What a snapshot stands for was applied elsewhere.
      if (entry) facts.push({ kind: 'applies', index, term: entry.term, command: entry.command });
    }
    return facts;
  },
  contradict: (one, other) =>
    one.kind === 'applies' &&
    other.kind === 'applies' &&
    one.index === other.index &&
    (one.term !== other.term || one.command !== other.command),
};

const machinesAgree: Monitor = {
  shows(before, after) {
    const { lastApplied: index = 0 } = after;
    if (!('machine' in after) || (before.lastApplied ?? 0) === index) return [];
    const term = logOf(after).termAt(index) ?? 0;
    return [{ kind: 'holds', index, term, machine: canonical(after.machine) }];
  },
  contradict: (one, other) =>
    one.kind === 'holds' &&
    other.kind === 'holds' &&
    one.index === other.index &&
    one.term === other.term &&
    one.machine !== other.machine,
};

const leaderCompleteness: Monitor = {
  shows(before, after) {
    const { role, currentTerm: term = 0, commitIndex: index = 0 } = after;
    if (role !== 'leader') return [];
    const log = logOf(after);
    const facts: Fact[] = [];
    if (before.role !== 'leader' || before.currentTerm !== term) {
      const terms = log.entriesFrom(1).map((entry) => entry.term);
      facts.push({ kind: 'elected', term, after: log.lastIncludedIndex, log: terms });
    }
    const entryTerm = log.termAt(index);
    if (index > (before.commitIndex ?? 0) && entryTerm !== undefined) {
      facts.push({ kind: 'commits', term, index, entryTerm });
    }
    return facts;
  },
  contradict: (one, other) => lacks(one, other) || lacks(other, one),
};

/** True when a leader was elected without what was committed in an earlier term. */
const lacks = (leader: Fact, commit: Fact): boolean =>
  leader.kind === 'elected' &&
  commit.kind === 'commits' &&
  commit.term < leader.term &&
  commit.index > leader.after &&
  leader.log[commit.index - leader.after - 1] !== commit.entryTerm;

/** The property that is judged only where clients are named, for nobody else hears an answer. */
export const aboutClients = 'Linearizability';

/** By the name of the property. The others can be judged by one step alone. */
export const monitors: Readonly<Record<string, Monitor>> = {
  'Election Safety': electionSafety,
  'One vote per term': everyVote,
  'Log Matching': logMatching,
  'State Machine Safety': stateMachineSafety,
  'State machines agree': machinesAgree,
  'Leader Completeness': leaderCompleteness,
  'One value is chosen': {
    shows: acceptsShown,
    contradict: () => false,
    breaks: (facts) => twoAreChosen(facts.filter(isChoice)),
  },
  'What is learned is chosen': {
    shows: (before, after) => [...acceptsShown(before, after), ...learnsShown(before, after)],
    contradict: () => false,
    breaks: (facts) => unchosenIsLearned(facts.filter(isChoice)),
  },
  [aboutClients]: {
    shows: (before, after, sighting) => operationsShown(sighting),
    contradict: () => false,
    breaks: (facts, { kind }) =>
      kind === 'answers' && contradictThemselves(facts.filter(isOperation)),
  },
};
