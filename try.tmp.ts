import { clients } from '/work/wt-clients/chapters/09-clients/clients.ts';
import { chapter as c8 } from '/work/wt-clients/chapters/08-persistence/chapter.ts';
import { mustHold } from '/work/wt-clients/lib/scenario/scenario.ts';
import { faultRun } from '/work/wt-clients/lib/cluster/fault-run.ts';
import { Clients } from '/work/wt-clients/lib/client/client.ts';
import { randomFrom } from '/work/wt-clients/lib/cluster/random.ts';
import { describeViolation } from '/work/wt-clients/lib/check/property.ts';
const props = mustHold(c8).filter(p => p.name !== 'A client hears only of what is applied');
let answers=0, steps=0, repeats=0;
const t=process.cpuUsage();
for (let seed=1; seed<=40; seed++) {
  const cl = new Clients(['P','Q','R'], randomFrom(seed+1000), {deaf:0.1});
  const r = faultRun(clients, props, {seed, nodes:['A','B','C','D','E'].slice(0, 3+2*(seed%2)), stormy:2500, calm:3500,
   faults:{drop:0.1,duplicate:0.1,partition:{pause:300},crash:{pause:400},crashWithin:0.01,restart:{pause:250},clients:cl}, latency:{low:1,high:60}, delay:{chance:0.05,by:400},
   onStep: s => { for (const e of s.effects??[]) if (e.type==='answer'&&e.applied) answers++; if (s.fired?.some(f=>f.rule==='answer-again'&&f.refused===undefined)) repeats++; }});
  steps+=r.steps;
  if (r.violation) console.log(seed, describeViolation(r.violation));
  if (r.ledAfter===undefined|| r.ledAfter>3000) console.log(seed,'led', r.ledAfter);
}
const u=process.cpuUsage(t);
console.log({answers,steps,repeats,cpu:u.user/1e6});
