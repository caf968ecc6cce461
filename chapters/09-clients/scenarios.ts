// The recorded runs of chapter 9.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { executedOnce } from './scenarios/sessions.ts';

export const scenarios: readonly Scenario[] = [executedOnce];
