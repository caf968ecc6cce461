// Why nothing is seen to go wrong without a rule or a condition, in the words of the developers, where no machine-checked
// cover or partner says it.

import type { Question } from '../lib/why/question.ts';
import { nameOf } from '../lib/why/question.ts';

/** By chapter and part. The rules of the chapter stand between backquotes. */
export const reasons: Readonly<Record<string, string>> = {
  '10-snapshots refuse-stale-snapshot':
    'Only a leader of an older term sends such a snapshot. A leader that is cut off for long has stepped down by itself when it comes back (`step-down`). So the message has to be late, or the leader was away just long enough for another to be elected. All that a snapshot holds is committed, so it does no harm to the log. But its receiver follows an old leader for a while; and if it leads itself, the term goes on without a leader.',
  '10-snapshots append-command / as before':
    'A follower whose next entries are discarded then gets a message that either holds no entries or is refused, because the leader knows no term for the place before them. The next heartbeat sends the snapshot. This holds only as long as one message carries no more entries than a snapshot stands for: with more, the first entries after the snapshot could be stored from index 1 on.',
  '10-snapshots note-snapshot-contact / the reply is from the current term':
    'An answer of an earlier term counts as contact then. The node must have led twice, and the answer must arrive when it leads again. All that comes of it is that a leader without a majority may lead one election timeout longer.',
  '10-snapshots count-snapshot / the reply is from the current term':
    'What a snapshot holds is committed, and its receiver has it on its disk, as a snapshot or as entries. So a late answer is still true in any later term: no leader makes a node give up what is committed.',
  '11-membership disregard-candidate':
    'Every election begins with pre-votes here, and who hears from a leader refuses those (`grant-pre-vote`), and a vote as well (`grant-vote`). So a request that this rule has to disregard comes from a node that got its pre-votes from others, which did not hear the leader then. What the rule still does is to be seen below: without it, the leader and its followers adopt the newer term, and the leader steps down.',
  '11-membership disregard-candidate / the request has a newer term':
    'Without the condition, a request of the same term or of an older one is disregarded as well while a leader is heard. Such a request would be refused anyway (`grant-vote`, `refuse-stale-candidate`), and only the answer is missing. A candidate does not count refusals, and an old one hears of the newer term from others.',
  '11-membership obey-timeout-now / has a vote, or may still have one':
    'A leader hands over only to a node that has a vote (`transfer-leadership`). So the vote must be taken away, and that be committed, while the message is under way. Then a node without a vote stands for election once. If it is elected, it has all that is committed (§5.4.1), and it resigns at once (`resign`).',
  '11-membership abort-transfer / leadership is being transferred':
    'The rule runs at every election timeout then, even when nobody is to take over. It has nothing to give up, and its answer reaches nobody, since nobody has asked.',
  '11-membership resign / is the leader':
    'Who has no vote does not stand for election (`start-pre-vote`), so it is a follower anyhow. All that it gives up is what it knows of the leader, so that it cannot tell a client whom to ask.',
  '11-membership send-timeout-now / another shall lead, and was not told yet':
    'The leader tells the other more than once to stand for election, until it hears of the newer term. The first of these messages has made that node a candidate of the next term, so it does not obey the others (`obey-timeout-now`).',
};

/** What the developers say of a question; undefined when they say nothing. */
export const reasonFor = (question: Question): string | undefined =>
  reasons[`${question.chapter} ${nameOf(question)}`];
