// The linearizability checker against brute force, at length.

import test from 'tape';
import { agree } from '../lib/linearizability/agreement.ts';

test('the checker and brute force agree on 20,000 random small histories', (t) => {
  agree(t, 20_000);
  t.end();
});
