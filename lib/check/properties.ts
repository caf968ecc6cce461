// The safety properties of Raft, written against what has ever happened in a run, not only against
// the present: a leader of the past still counts in its term.

import type { Fact, Property } from './property.ts';

export const termsNeverDecrease: Property = {
  name: 'Terms never decrease',
  paper: '§5.1, Fig. 2 currentTerm',
  says: "A node's currentTerm never goes back.",
  otherwise:
    'A node that goes back takes old messages for new ones, and may vote in the same term once more.',
  watch() {
    const latest = new Map<string, { term: number; fact: Fact }>();
    return ({ step, node, state: { currentTerm: term = 0 } }) => {
      const before = latest.get(node);
      if (before?.term === term) return undefined;
      const fact = { step, says: `${node} is in term ${term}` };
      latest.set(node, { term, fact });
      return before && term < before.term ? { earlier: before.fact, later: fact } : undefined;
    };
  },
};

export const electionSafety: Property = {
  name: 'Election Safety',
  paper: '§5.2, Fig. 3',
  says: 'At most one leader is elected in a term.',
  watch() {
    const leaders = new Map<number, { node: string; fact: Fact }>();
    return ({ step, node, state: { role, currentTerm: term = 0 } }) => {
      if (role !== 'leader') return undefined;
      const leader = leaders.get(term);
      if (leader?.node === node) return undefined;
      const fact = { step, says: `${node} leads term ${term}` };
      if (leader) return { earlier: leader.fact, later: fact };
      leaders.set(term, { node, fact });
      return undefined;
    };
  },
};

export const oneVotePerTerm: Property = {
  name: 'One vote per term',
  paper: '§5.2, Fig. 2 votedFor',
  says: 'A node votes for at most one candidate in a term, itself included.',
  otherwise:
    'A node that votes twice can give each of two candidates a majority. Then a term has two leaders.',
  watch() {
    const votes = new Map<string, { candidate: string; fact: Fact }>();
    return ({ step, node, state: { votedFor, currentTerm: term = 0 } }) => {
      if (votedFor === null || votedFor === undefined) return undefined;
      const key = `${node} ${term}`;
      const vote = votes.get(key);
      if (vote?.candidate === votedFor) return undefined;
      const fact = { step, says: `${node} votes for ${votedFor} in term ${term}` };
      if (vote) return { earlier: vote.fact, later: fact };
      votes.set(key, { candidate: votedFor, fact });
      return undefined;
    };
  },
};
