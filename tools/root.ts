// Where the project is, so that its commands work from any folder.

import { join } from 'node:path';

export const root = join(__dirname, '..');
