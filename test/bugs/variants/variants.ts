// Every correct variant, and what is not among them.

import type { Variant } from '../bug.ts';
import { clients } from './clients.ts';
import { committing } from './committing.ts';
import { elections } from './elections.ts';
import { hints } from './hints.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { paxosVariants } from './paxos.ts';
import { persistence } from './persistence.ts';
import { snapshots } from './snapshots.ts';
import { sending } from './sending.ts';

export const variants: readonly Variant[] = [
  ...elections,
  ...sending,
  ...hints,
  ...committing,
  ...messages,
  ...persistence,
  ...paxosVariants,
  ...clients,
  ...snapshots,
  ...members,
];

/** Correct variants that chapters 1 to 10 have no place for, and why. */
export const notHere: readonly { readonly variant: string; readonly because: string }[] = [
  {
    variant: 'election timeouts drawn in another way',
    because: 'the world draws them, not the node',
  },
  {
    variant: 'no PreVote in chapter 7',
    because: 'PreVote is what the chapter asks for; without it, the node is that of chapter 6',
  },
  {
    variant: 'stale requests ignored in chapter 7',
    because: 'a pre-candidate of a newer term could then never teach it, and would wait for ever',
  },
  {
    variant: 'several leaders in a term, ordered by their names',
    because: 'that is another protocol than that of the paper',
  },
];
