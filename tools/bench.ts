// `npm run bench`: how fast the simulated world runs on this machine.

import { cpus } from 'node:os';
import { chapters } from '../chapters/chapters.ts';
import { faultRun } from '../lib/cluster/fault-run.ts';

const rounds = 7;

/** Simulated steps a second of one chapter: five nodes, mild faults, its properties checked. */
function stepsPerSecond(chapter: (typeof chapters)[number]): number[] {
  return Array.from({ length: rounds }, (_, seed) => {
    const start = performance.now();
    const { steps } = faultRun(chapter.node, chapter.properties, {
      seed,
      nodes: ['A', 'B', 'C', 'D', 'E'],
      stormy: 1_000_000,
      calm: 1_000_000,
      faults: { drop: 0.02, duplicate: 0.02, partition: { pause: 1000 } },
      latency: { low: 1, high: 40 },
    });
    return Math.round((steps * 1000) / (performance.now() - start));
  });
}

const [processor] = cpus();
console.log(`Node ${process.version}, ${processor?.model ?? 'unknown processor'}, one core`);
console.log(`Simulated steps a second, five nodes, properties on, ${rounds} rounds:`);
for (const chapter of chapters) {
  const all = stepsPerSecond(chapter).sort((a, b) => a - b);
  const show = (value: number | undefined) => (value ?? 0).toLocaleString('en').padStart(11);
  const median = all[Math.floor(rounds / 2)];
  console.log(
    `  ${chapter.name.padEnd(16)} median ${show(median)}  lowest ${show(all[0])}  highest ${show(all.at(-1))}`,
  );
}
