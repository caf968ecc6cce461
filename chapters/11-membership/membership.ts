// Chapter 11: membership. Who has a vote is itself an entry of the log, in force as soon as it is appended; a leader
// can hand over to another. With it the list of rules is the whole of Raft.

import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter7 from '../07-prevote/prevote.ts';
import * as chapter8 from '../08-persistence/persistence.ts';
import * as chapter9 from '../09-clients/clients.ts';
import * as chapter10 from '../10-snapshots/snapshots.ts';
import * as changes from './changes.ts';
import * as elections from './elections.ts';
import * as majorities from './majorities.ts';
import type { Membership, MembershipState } from './state.ts';
import { foundation, latestConfiguration, receivers } from './state.ts';
import * as transfer from './transfer.ts';

export * from './changes.ts';
export * from './elections.ts';
export * from './majorities.ts';
export * from './transfer.ts';

export const stopReading = refine<Membership>()(chapter10.stopReading, {
  says: 'Who leads no more has no lease, sends waiting readers away, and drops what it was asked for.',
  also(me) {
    me.change = null;
    me.transfer = null;
    me.leaseGivenUp = false;
    me.peers = receivers(me);
  },
});

export const beginSnapshot = refine<Membership>()(chapter10.beginSnapshot, {
  paper: '§7, Fig. 13 InstallSnapshot 2 and 5, thesis Fig. 5.3',
  says: 'A new snapshot begins empty, with the configuration that belongs to it.',
  then(me, { term, lastIncludedIndex, lastIncludedTerm, configuration = me.configuration }) {
    me.receiving = { term, lastIncludedIndex, lastIncludedTerm, data: [], configuration };
  },
});

export const compactLog = refine<Membership>()(chapter10.compactLog, {
  paper: '§7, Fig. 12, thesis §5.1',
  says: 'Take a snapshot of what is applied, with its configuration; write it, and discard the entries.',
  then(me, event, act) {
    const lastIncludedIndex = me.lastApplied;
    const lastIncludedTerm = me.log.termAt(lastIncludedIndex) ?? 0;
    const { machine, sessions } = me;
    const { configuration } = latestConfiguration(me, lastIncludedIndex);
    me.snapshot = { lastIncludedIndex, lastIncludedTerm, machine, sessions, configuration };
    me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
    act.persist({ snapshot: me.snapshot, log: { lastIncludedIndex, lastIncludedTerm } });
  },
});

export const membership = nodeFromRules<Membership>({
  init(id, peers, saved) {
    const before = chapter10.snapshots.init(id, peers, saved);
    const everyone = [[id, ...peers].sort()];
    const me: MembershipState = {
      ...before,
      snapshot: before.snapshot ?? foundation(everyone),
      configuration: everyone,
      change: null,
      transfer: null,
      leaseGivenUp: false,
    };
    me.configuration = latestConfiguration(me).configuration;
    me.peers = receivers(me);
    return me;
  },
  rules: [
    elections.disregardCandidate,
    chapter8.adoptNewerTerm,
    chapter9.refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    chapter10.refuseStaleSnapshot,
    elections.startPreVote,
    chapter7.grantPreVote,
    chapter7.countPreVote,
    elections.startElection,
    transfer.obeyTimeoutNow,
    transfer.abortTransfer,
    majorities.stepDown,
    elections.waitAnew,
    stopReading,
    elections.grantVote,
    chapter3.countVote,
    majorities.becomeLeader,
    chapter10.sendHeartbeats,
    chapter9.answerAgain,
    transfer.readByLease,
    chapter10.readByIndex,
    transfer.appendCommand,
    changes.beginChange,
    transfer.transferLeadership,
    chapter7.followLeader,
    chapter7.loseContact,
    chapter10.followSnapshotLeader,
    chapter10.skipOldSnapshot,
    beginSnapshot,
    chapter10.storeChunk,
    chapter10.askForChunk,
    chapter10.discardLog,
    chapter10.installSnapshot,
    chapter10.skipDiscarded,
    chapter9.checkConsistency,
    chapter8.truncateConflict,
    chapter8.appendEntries,
    chapter9.acknowledge,
    chapter4.learnCommitIndex,
    chapter6.noteContact,
    chapter6.countAcknowledgement,
    chapter9.noteRound,
    chapter5.jumpBack,
    chapter10.catchUp,
    chapter10.noteSnapshotContact,
    chapter10.countSnapshot,
    chapter10.sendMore,
    majorities.advanceCommitIndex,
    chapter9.applyCommitted,
    majorities.answerReads,
    changes.beginNextRound,
    changes.changeOne,
    changes.enterJoint,
    changes.leaveJoint,
    changes.useConfiguration,
    changes.resign,
    transfer.sendTimeoutNow,
    compactLog,
  ],
});
