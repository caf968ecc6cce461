// Where rules of earlier chapters count a majority, it is from now on one of each group of voters.

import { execute } from '../../lib/machine/key-value.ts';
import { refine } from '../../lib/rules/rule.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter9 from '../09-clients/clients.ts';
import { whose } from '../09-clients/state.ts';
import type { Membership } from './state.ts';
import { isMajority, majorityIndex, mayAnswer } from './state.ts';

export const stepDown = refine<Membership>()(chapter6.stepDown, {
  when: {
    'has not heard from a majority': (me) =>
      !isMajority(me.configuration, [me.id, ...me.heardFrom]),
  },
});

export const becomeLeader = refine<Membership>()(chapter9.becomeLeader, {
  when: {
    'has votes from a majority': (me) => isMajority(me.configuration, me.votesGranted),
  },
});

export const advanceCommitIndex = refine<Membership>()(chapter6.advanceCommitIndex, {
  paper: '§5.3, §5.4.2, §6, Fig. 2 Leaders 4, thesis §4.2.2, §4.3',
  when: {
    'a majority stores a further entry of the current term': (me) =>
      majorityIndex(me) > me.commitIndex && me.log.termAt(majorityIndex(me)) === me.currentTerm,
    // A follower that is the only voter would be a majority by itself.
    'is the leader': (me) => me.role === 'leader',
  },
  then(me) {
    me.commitIndex = majorityIndex(me);
  },
});

export const answerReads = refine<Membership>()(chapter9.answerReads, {
  when: {
    'a majority has answered since the oldest read came': (me) => mayAnswer(me),
  },
  then(me, event, act) {
    do {
      const [read, ...others] = me.waitingReads;
      me.waitingReads = others;
      if (!read) return;
      const { result } = execute(me.machine, read.command);
      act.answer(read.command, true, me.id, { ...whose(read), result });
    } while (mayAnswer(me));
  },
});
