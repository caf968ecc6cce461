// What each node owes the others in an election, step by step. Breaking one of these may harm nobody yet; it is the first
// sign of a mistake, long before two leaders meet.

import type { Effect, NodeEvent, NodeId } from '../node/contract.ts';
import type { Fact, Property } from './property.ts';
import { groupsOf, isMajority, sayShare } from './quorums.ts';

export const candidateVotesForItself: Property = {
  name: 'A candidate votes for itself',
  paper: '§5.2, Fig. 2 Candidates 1',
  says: 'Whoever stands for election in a term, or has won it, has given itself its own vote.',
  watch() {
    return ({ step, node, state: { role, votedFor, currentTerm: term = 0 } }) => {
      if ((role !== 'candidate' && role !== 'leader') || votedFor === node) return undefined;
      return {
        earlier: { step, says: `${node} is ${role} in term ${term}` },
        later: { step, says: `${node} has voted for ${votedFor ?? 'nobody'}` },
      };
    };
  },
};

export const voteIsKept: Property = {
  name: 'A vote is kept',
  paper: '§5.2, Fig. 2 votedFor',
  says: 'A node that has voted in a term remembers for whom until the next term.',
  watch() {
    const votes = new Map<NodeId, Vote & { readonly step: number }>();
    return ({ step, node, state: { votedFor, currentTerm: term = 0 } }) => {
      const before = votes.get(node);
      votes.set(node, { step, term, votedFor });
      if (!before?.votedFor || before.term !== term || votedFor) return undefined;
      return {
        earlier: {
          step: before.step,
          says: `${node} votes for ${before.votedFor} in term ${term}`,
        },
        later: { step, says: `${node} has voted for nobody in term ${term}` },
      };
    };
  },
};

/** The latest vote of each node, with its term. */
interface Vote {
  readonly term: number;
  readonly votedFor: NodeId | null | undefined;
}

export const leadersAreElected: Property = {
  name: 'A leader has a majority',
  paper: '§5.2, Fig. 2 Candidates 2',
  says: 'Whoever becomes leader of a term has been voted for in it by a majority of all nodes.',
  watch() {
    const voters = new Map<string, Set<NodeId>>();
    const led = new Map<NodeId, number | undefined>();
    return ({ step, node, state }) => {
      const { role, votedFor, currentTerm: term = 0 } = state;
      if (votedFor !== null && votedFor !== undefined) {
        const key = `${term} ${votedFor}`;
        const known = voters.get(key);
        if (known) known.add(node);
        else voters.set(key, new Set([node]));
      }
      // Who leads already when first seen began in the middle of a story.
      const known = led.has(node);
      const before = led.get(node);
      led.set(node, role === 'leader' ? term : undefined);
      if (role !== 'leader' || before === term || !known) return undefined;
      const votes = voters.get(`${term} ${node}`) ?? new Set();
      const groups = groupsOf(state);
      if (isMajority(groups, votes)) return undefined;
      return {
        earlier: {
          step,
          says: `${sayShare(groups, 'nodes', votes)} voted for ${node} in term ${term}`,
        },
        later: { step, says: `${node} leads term ${term}` },
      };
    };
  },
};

export const newerTermIsAdopted: Property = {
  name: 'A newer term is adopted',
  paper: '§5.1, Fig. 2 All Servers 2',
  says: 'Whoever receives a message of a newer term is in that term afterwards.',
  watch() {
    return ({ step, node, state: { currentTerm = 0 }, event }) => {
      const term = event && termOf(event);
      if (term === undefined || term <= currentTerm) return undefined;
      return {
        earlier: { step, says: `${node} receives a message of term ${term}` },
        later: { step, says: `${node} is in term ${currentTerm}` },
      };
    };
  },
};

/** The term of a message. One that asks about a term that nobody has begun (thesis §9.6) has none. */
function termOf(event: NodeEvent): number | undefined {
  if (!('term' in event) || typeof event.term !== 'number') return undefined;
  return 'preVote' in event && event.preVote === true ? undefined : event.term;
}

const waitsAnew = (effects: readonly Effect[]) =>
  effects.some((effect) => effect.type === 'restartTimer' && effect.timer === 'election');

export const voterWaitsAnew: Property = {
  name: 'A voter waits anew',
  paper: '§5.2, Fig. 2 Followers 2',
  says: 'Whoever gives its vote to another waits a whole election timeout for that candidate.',
  watch() {
    const votes = new Map<NodeId, Vote>();
    return ({ step, node, state: { votedFor, currentTerm: term = 0 }, event, effects = [] }) => {
      const before = votes.get(node);
      votes.set(node, { term, votedFor });
      const isNew = before && (before.votedFor !== votedFor || before.term !== term);
      const isOther = votedFor !== null && votedFor !== undefined && votedFor !== node;
      if (!isNew || !isOther || !event || waitsAnew(effects)) return undefined;
      return {
        earlier: { step, says: `${node} votes for ${votedFor} in term ${term}` },
        later: { step, says: `${node} does not restart its election timer` },
      };
    };
  },
};

export const refusalPutsNothingOff: Property = {
  name: 'A refusal puts no election off',
  paper: '§5.2, Fig. 2 Followers 2, thesis §9.6',
  says: 'Who is merely asked for a vote or a pre-vote, and gives none, goes on waiting as before.',
  watch() {
    const terms = new Map<
      NodeId,
      { term: number; fact: Fact; votedFor: NodeId | null | undefined }
    >();
    return ({ step, node, state: { votedFor, currentTerm: term = 0 }, event, effects = [] }) => {
      const before = terms.get(node);
      terms.set(node, { term, votedFor, fact: { step, says: `${node} is in term ${term}` } });
      const isAsked = event?.type === 'RequestVote' || event?.type === 'PreVote';
      // A newer term may restart the timer of itself, and so may a vote, also when it is given again.
      if (!before || before.term !== term || !isAsked || !waitsAnew(effects)) return undefined;
      if ('from' in event && votedFor === event.from && event.type === 'RequestVote')
        return undefined;
      return {
        earlier: { step, says: `${node} receives ${event.type} and gives no vote` },
        later: { step, says: `${node} restarts its election timer` },
      };
    };
  },
};
