// What a step shows that stays true for the rest of a run, and which of such facts cannot both be.
// A search judges a world by the facts on the way to it; what it finds, the properties confirm.

import type { Property } from '../check/property.ts';
import type { NodeId, NodeState } from '../node/contract.ts';
import { Log } from '../log/log.ts';
import { Interner } from './intern.ts';
import { PairMap } from './tables.ts';

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
    };

/** The facts that one property is about. */
interface Monitor {
  /** What a step shows that must be kept in mind. */
  shows(before: NodeState, after: NodeState): readonly Fact[];
  /** What a step shows that is only held against what is kept in mind. */
  claims?(before: NodeState, after: NodeState): readonly Fact[];
  contradict(one: Fact, other: Fact): boolean;
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

const everyVote: Monitor = {
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
const forgottenVotes: Monitor = {
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
    const from = (before.lastApplied ?? 0) + 1;
    return logOf(after)
      .entriesFrom(from, Math.max(0, (after.lastApplied ?? 0) - from + 1))
      .map(({ term, command }, place) => ({
        kind: 'applies' as const,
        index: from + place,
        term,
        command,
      }));
  },
  contradict: (one, other) =>
    one.kind === 'applies' &&
    other.kind === 'applies' &&
    one.index === other.index &&
    (one.term !== other.term || one.command !== other.command),
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

/** By the name of the property. The others can be judged by one step alone. */
const monitors: Readonly<Record<string, Monitor>> = {
  'Election Safety': electionSafety,
  'One vote per term': everyVote,
  'Log Matching': logMatching,
  'State Machine Safety': stateMachineSafety,
  'Leader Completeness': leaderCompleteness,
};

/** Two facts on the same thing, of which a run keeps one. */
const sameThing = (one: Fact, other: Fact): boolean => {
  if (one.kind !== other.kind) return false;
  if (one.kind === 'applies') return 'index' in other && one.index === other.index;
  const index = one.kind !== 'stores' || ('index' in other && one.index === other.index);
  const node = one.kind !== 'votes' || ('node' in other && one.node === other.node);
  return index && node && one.term === other.term;
};

/** What a step shows to those who judge. */
export interface Shown {
  /** The property that it breaks, seen alone. */
  readonly breaks?: string;
  /** The facts, by number. */
  readonly facts: readonly number[];
  /** Those that are not kept in mind. */
  readonly claims: readonly number[];
}

/** What adding a fact to another comes to. */
const [together, contradiction, known, further] = [0, 1, 2, 3];

/** Judges steps by the properties that are given. Facts go by number. */
export class Judge {
  readonly facts = new Interner<Fact>();
  private readonly properties: readonly Property[];
  private readonly watched: readonly { readonly name: string; readonly monitor: Monitor }[];
  private readonly compared = new PairMap();

  /** `termsGrow` tells that the search ends where a term decreases. */
  constructor(properties: readonly Property[], termsGrow: boolean) {
    this.properties = properties;
    this.watched = properties.flatMap(({ name }) => {
      const known = monitors[name];
      const monitor = known === everyVote && termsGrow ? forgottenVotes : known;
      return monitor ? [{ name, monitor }] : [];
    });
  }

  /** What a step shows about the run. */
  see(before: NodeState, after: NodeState): Shown {
    const breaks = this.brokenBy(before, after);
    const facts = this.watched.flatMap(({ monitor }) => monitor.shows(before, after));
    const claims = this.watched.flatMap(({ monitor }) => monitor.claims?.(before, after) ?? []);
    return {
      ...(breaks !== undefined && { breaks }),
      facts: facts.map((fact) => this.facts.intern(fact)),
      claims: claims.map((fact) => this.facts.intern(fact)),
    };
  }

  /** The facts with one more; or the name of the property that now is broken. */
  add(facts: readonly number[], fact: number): readonly number[] | string {
    let result: readonly number[] | undefined;
    for (const other of facts) {
      switch (this.compare(other, fact)) {
        case contradiction:
          return this.brokenByBoth(other, fact);
        case known:
          result = facts;
          break;
        case further:
          result = facts.map((each) => (each === other ? fact : each));
          break;
      }
    }
    return result ?? [...facts, fact];
  }

  /** The property that a step breaks by itself, seen by nobody else. */
  private brokenBy(before: NodeState, after: NodeState): string | undefined {
    const node = after.id;
    return this.properties.find((property) => {
      const see = property.watch();
      see({ step: 0, node, state: before });
      return see({ step: 1, node, state: after }) !== undefined;
    })?.name;
  }

  private compare(one: number, other: number): number {
    const place = this.compared.find(one, other);
    if (this.compared.isNew(place)) {
      const [first, second] = [this.facts.value(one), this.facts.value(other)];
      this.compared.setAt(place, this.relation(first, second));
    }
    return this.compared.valueAt(place);
  }

  private relation(one: Fact, other: Fact): number {
    if (this.watched.some(({ monitor }) => monitor.contradict(one, other))) return contradiction;
    if (!sameThing(one, other)) return together;
    // A leader commits further and further; of everything else the first is as good as the next.
    return other.kind === 'commits' ? further : known;
  }

  private brokenByBoth(one: number, other: number): string {
    const [first, second] = [this.facts.value(one), this.facts.value(other)];
    const found = this.watched.find(({ monitor }) => monitor.contradict(first, second));
    return found?.name ?? '';
  }
}
