// Everything that is generated, made once for all tests.

import { chapters } from '../../../chapters/chapters.ts';
import { generatedFiles } from '../../../tools/walkthroughs.ts';
import { recorded } from '../../support.ts';

let made: ReturnType<typeof generatedFiles> | undefined;

/** Every generated file as the code and the traces make it now, by path. */
export const generated = () =>
  (made ??= generatedFiles(
    chapters,
    recorded.map(({ trace }) => trace),
  ));
