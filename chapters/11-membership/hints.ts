// Help with the exercise of chapter 11: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/exercise/hints.ts';

export const hints: Hints = {};
