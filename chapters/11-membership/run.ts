// Opens the scenarios of this chapter in the stepper: npx tsx chapters/11-membership/run.ts --help

import { openChapter } from '../../lib/stepper/open.ts';
import { chapter } from './chapter.ts';

void openChapter(chapter, process.argv.slice(2));
