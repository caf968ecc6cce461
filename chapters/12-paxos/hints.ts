import type { Hints } from '../../lib/exercise/hints.ts';

export const hints: Hints = {};
