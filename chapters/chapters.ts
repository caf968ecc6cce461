// Every chapter of the book, in reading order.

import type { Chapter } from '../lib/scenario/scenario.ts';
import { chapter as roles } from './01-roles/chapter.ts';
import { chapter as terms } from './02-terms/chapter.ts';
import { chapter as voting } from './03-voting/chapter.ts';

export const chapters: readonly Chapter[] = [roles, terms, voting];
