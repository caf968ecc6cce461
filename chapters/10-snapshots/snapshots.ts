// Chapter 10: snapshots. Each node discards entries that it has applied and keeps what they made of its state
// machine; a follower whose next entry is gone is sent that instead.

import { nodeFromRules } from '../../lib/rules/node.ts';
import { rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter7 from '../07-prevote/prevote.ts';
import * as chapter8 from '../08-persistence/persistence.ts';
import * as chapter9 from '../09-clients/clients.ts';
import * as installing from './installing.ts';
import * as sending from './sending.ts';
import type { Snapshots } from './state.ts';
import { compactAfter, restore } from './state.ts';

export * from './installing.ts';
export * from './sending.ts';

const rule = rulesOf<Snapshots>();

export const compactLog = rule({
  name: 'compact-log',
  paper: '§7, Fig. 12, thesis §5.1.2',
  says: 'Take a snapshot of what is applied, write it, and discard the entries that led to it.',
  on: 'any event',
  when: {
    'enough entries of the log are applied': (me) =>
      me.lastApplied - me.log.lastIncludedIndex >= compactAfter,
  },
  then(me, event, act) {
    const lastIncludedIndex = me.lastApplied;
    const lastIncludedTerm = me.log.termAt(lastIncludedIndex) ?? 0;
    const { machine, sessions } = me;
    me.snapshot = { lastIncludedIndex, lastIncludedTerm, machine, sessions };
    me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
    act.persist({ snapshot: me.snapshot, log: { lastIncludedIndex, lastIncludedTerm } });
  },
});

export const snapshots = nodeFromRules<Snapshots>({
  init(id, peers, saved) {
    const fresh = chapter9.clients.init(id, peers, saved);
    const me = { ...fresh, snapshot: null, receiving: null, sending: {} };
    if (saved?.snapshot) restore(me, saved.snapshot);
    return me;
  },
  rules: [
    chapter8.adoptNewerTerm,
    chapter9.refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    installing.refuseStaleSnapshot,
    chapter7.startPreVote,
    chapter7.grantPreVote,
    chapter7.countPreVote,
    chapter8.startElection,
    chapter6.stepDown,
    chapter6.waitAnew,
    sending.stopReading,
    chapter9.grantVote,
    chapter3.countVote,
    chapter9.becomeLeader,
    sending.sendHeartbeats,
    chapter9.answerAgain,
    chapter9.readByLease,
    sending.readByIndex,
    sending.appendCommand,
    chapter7.followLeader,
    chapter7.loseContact,
    installing.followSnapshotLeader,
    installing.skipOldSnapshot,
    installing.beginSnapshot,
    installing.storeChunk,
    installing.askForChunk,
    installing.discardLog,
    installing.installSnapshot,
    installing.skipDiscarded,
    chapter9.checkConsistency,
    chapter8.truncateConflict,
    chapter8.appendEntries,
    chapter9.acknowledge,
    chapter4.learnCommitIndex,
    chapter6.noteContact,
    chapter6.countAcknowledgement,
    chapter9.noteRound,
    chapter5.jumpBack,
    sending.catchUp,
    sending.noteSnapshotContact,
    sending.countSnapshot,
    sending.sendMore,
    chapter6.advanceCommitIndex,
    chapter9.applyCommitted,
    chapter9.answerReads,
    compactLog,
  ],
});
