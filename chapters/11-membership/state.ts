// What a node of chapter 11 holds and says, and what several of its rules work out from that.

import type { Configuration } from '../../lib/log/configuration.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import type { Snapshot } from '../../lib/node/snapshot.ts';
import type { ActionsOf } from '../../lib/rules/rule.ts';
import { leaseRounds } from '../09-clients/clients.ts';
import type { Snapshots, SnapshotsState } from '../10-snapshots/state.ts';

/**
 * A change that waits for its new nodes to catch up. They are sent the log in catch-up rounds; each brings them all that
 * the log held when it began, and may take many rounds of messages.
 */
export interface Change {
  /** Who shall have a vote. */
  readonly voters: readonly NodeId[];
  readonly upTo: number;
  /** The leader's round of messages in which it began. */
  readonly began: number;
}

export interface MembershipState extends SnapshotsState {
  /** Whom this node sends to: the others of the configuration, and new nodes that catch up. */
  peers: readonly NodeId[];
  /** The latest configuration in the log, committed or not; else that of the snapshot. */
  configuration: Configuration;
  /** On a leader: the change that it was asked for and that is not in its log yet. */
  change: Change | null;
  /** On a leader: who shall lead instead, and whether it was told to stand for election. */
  transfer: { readonly target: NodeId; readonly told: boolean } | null;
  /** True once somebody was told to stand in this term: then there may be another leader any time. */
  leaseGivenUp: boolean;
}

type Before = Snapshots['messages'];

export interface Membership {
  state: MembershipState;
  messages: Omit<Before, 'RequestVote'> & {
    RequestVote: Before['RequestVote'] & {
      /** True when the leader itself asked for this election (thesis §4.2.3). */
      transfer: boolean;
    };
    /** The leader of the term asks its receiver to stand for election at once. */
    TimeoutNow: { term: number };
  };
}

/** So many rounds of heartbeats take as long as the shortest election timeout. */
export const roundsPerTimeout = 3;

/** True when the nodes are a majority of every group of voters; who has no vote does not count. */
export const isMajority = (configuration: Configuration, nodes: readonly NodeId[]): boolean =>
  configuration.every(
    (group) => 2 * group.filter((voter) => nodes.includes(voter)).length > group.length,
  );

/** The highest value that a majority of every group of voters has reached. */
export const reachedByMajority = (
  { configuration }: Readonly<MembershipState>,
  valueOf: (voter: NodeId) => number,
): number =>
  Math.min(
    ...configuration.map((group) => {
      const highestFirst = group.map(valueOf).sort((a, b) => b - a);
      return highestFirst[Math.floor(group.length / 2)] ?? 0;
    }),
  );

/** The highest index that a majority stores; the leader counts its own log if it has a vote. */
export const majorityIndex = (me: Readonly<MembershipState>): number =>
  reachedByMajority(me, (voter) =>
    voter === me.id ? me.log.lastIndex : (me.matchIndex[voter] ?? 0),
  );

/** The latest round of messages that a majority has answered; 0 when there is none. */
export const confirmedRound = (me: Readonly<MembershipState>): number =>
  reachedByMajority(me, (voter) => (voter === me.id ? me.round : (me.roundAnswered[voter] ?? 0)));

/** True while nobody else can have been elected, unless a leader itself asked for it. */
export const holdsLease = (me: Readonly<MembershipState>): boolean =>
  confirmedRound(me) > 0 && me.round - confirmedRound(me) < leaseRounds;

/** True when the oldest read that waits can be answered. */
export const mayAnswer = (me: Readonly<MembershipState>): boolean => {
  const [oldest] = me.waitingReads;
  return (
    oldest !== undefined && oldest.round <= confirmedRound(me) && oldest.readIndex <= me.lastApplied
  );
};

/** True for who has a vote in some group. */
export const isVoter = (configuration: Configuration, node: NodeId): boolean =>
  configuration.some((group) => group.includes(node));

/** The latest configuration in the log up to an index, or else that of the snapshot; and where. */
export function latestConfiguration(
  { log, snapshot, configuration }: Readonly<MembershipState>,
  upTo = log.lastIndex,
): { readonly index: number; readonly configuration: Configuration } {
  for (let index = upTo; index > log.lastIncludedIndex; index--) {
    const found = log.entryAt(index)?.configuration;
    if (found) return { index, configuration: found };
  }
  return { index: log.lastIncludedIndex, configuration: snapshot?.configuration ?? configuration };
}

/** True when the latest configuration is known to be committed. */
export const isSettled = (me: Readonly<MembershipState>): boolean =>
  latestConfiguration(me).index <= me.commitIndex;

/** False for who has no vote, once it knows that to be committed (thesis §4.2.2). */
export const mayLead = (me: Readonly<MembershipState>): boolean =>
  isVoter(me.configuration, me.id) || !isSettled(me);

/** How a configuration is written as a command: `voters A B C`, `voters A B C and C D E`. */
export const commandOf = (configuration: Configuration): string =>
  `voters ${configuration.map((group) => group.join(' ')).join(' and ')}`;

/** Who has a vote and would not have one, and the other way round. */
export const difference = ({ configuration, change }: MembershipState): readonly NodeId[] => {
  const [was, is] = [configuration.flat(), change?.voters ?? configuration.flat()];
  return [
    ...is.filter((voter) => !was.includes(voter)),
    ...was.filter((voter) => !is.includes(voter)),
  ];
};

/** Whom a node sends to. */
export const receivers = ({ id, configuration, change }: MembershipState): readonly NodeId[] =>
  [...new Set([...configuration.flat(), ...(change?.voters ?? [])])]
    .filter((node) => node !== id)
    .sort();

/** Who is new in a change: who shall have a vote and has none. */
export const newcomers = ({ configuration }: MembershipState, voters: readonly NodeId[]) =>
  voters.filter((voter) => !isVoter(configuration, voter));

/** A change whose new nodes are at the beginning of a catch-up round. */
export const roundFor = ({ log, round }: MembershipState, voters: readonly NodeId[]): Change => ({
  voters,
  upTo: log.lastIndex,
  began: round,
});

/** True when each new node stores what its catch-up round was to bring it. */
const isThrough = (me: Readonly<MembershipState>, { voters, upTo }: Change) =>
  newcomers(me, voters).every((node) => (me.matchIndex[node] ?? 0) >= upTo);

const isInTime = ({ round }: MembershipState, { began }: Change) =>
  round - began < roundsPerTimeout;

/** True when the new nodes have gone through a catch-up round, but not in time. */
export const tookTooLong = (me: Readonly<MembershipState>): boolean =>
  me.change !== null && isThrough(me, me.change) && !isInTime(me, me.change);

/** True when the new nodes of a change have gone through a catch-up round in time, so that little is missing. */
export const caughtUp = (me: Readonly<MembershipState>): boolean =>
  me.change !== null && isThrough(me, me.change) && isInTime(me, me.change);

/** Writes a configuration into the leader's log. */
export function appendConfiguration(
  me: MembershipState,
  configuration: Configuration,
  act: ActionsOf<Membership, never>,
): void {
  const command = commandOf(configuration);
  const entry = { term: me.currentTerm, command, configuration };
  me.log = me.log.append([entry]);
  act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
}

/** Starts a new term as candidate and asks all others for their votes. */
export function stand(
  me: MembershipState,
  act: ActionsOf<Membership, 'RequestVote'>,
  transfer: boolean,
): void {
  me.role = 'candidate';
  me.leaderId = null;
  me.hearsLeader = false;
  me.currentTerm += 1;
  me.votedFor = me.id;
  me.votesGranted = [me.id];
  me.preVotesGranted = [];
  act.persist({ currentTerm: me.currentTerm, votedFor: me.votedFor });
  act.restartElectionTimer();
  act.broadcast({
    type: 'RequestVote',
    term: me.currentTerm,
    lastLogIndex: me.log.lastIndex,
    lastLogTerm: me.log.lastTerm,
    transfer,
  });
}

/** The snapshot with which a cluster begins: nothing is in it but who belongs to the cluster. */
export const foundation = (configuration: Configuration): Snapshot => ({
  lastIncludedIndex: 0,
  lastIncludedTerm: 0,
  machine: {},
  sessions: {},
  configuration,
});

/** How nodes start of which only some have founded the cluster; the others know that they do not belong to it. */
export const foundedBy = (founders: readonly NodeId[], nodes: readonly NodeId[]) =>
  Object.fromEntries(
    nodes.map((node) => {
      const configuration = [[...founders].sort()];
      const peers = configuration.flat().filter((founder) => founder !== node);
      return [node, { peers, configuration, snapshot: foundation(configuration) }];
    }),
  );
