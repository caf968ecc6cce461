// The first thing that runs in the process of a submission: it takes what the grader needs, takes away what a
// submission must not have, and only then loads the bundle that holds the submission.
'use strict';

const { readFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

// A process lives for a second. To optimise what runs a few times only takes the other processes' share of the cores.
setFlagsFromString('--interrupt-budget=1000000');

const { process } = globalThis;
const send = process.send.bind(process);
const on = process.on.bind(process);
const channel = {
  send: (message) => void send(message),
  onQuestion: (listener) => on('message', ({ number, question }) => listener(number, question)),
};

const describe = (error) => {
  try {
    return String(error?.message ?? error);
  } catch {
    return 'something that cannot be described';
  }
};
on('unhandledRejection', (error) => {
  send({ failed: `a promise was rejected and nobody caught it: ${describe(error)}` });
});

const code = readFileSync(process.argv[2], 'utf8');
// A node needs no network, no other process and no further code.
for (const name of ['process', 'fetch', 'WebSocket', 'EventSource', 'Worker', 'WebAssembly']) {
  delete globalThis[name];
}
try {
  new Script(`${code}\n;bundle`, { filename: 'submission.js' }).runInThisContext().start(channel);
} catch (error) {
  channel.send({ failed: describe(error) });
}
