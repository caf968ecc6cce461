// Runs of chapter 9 about commands that are sent again: each is executed once.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead, loseContact } from '../../08-persistence/scenarios/lead.ts';

/** Ann's command, which she sends until she hears an answer, always under the same number. */
const append = { command: 'x+=a', client: 'Ann', sequence: 1 };

export const executedOnce: Scenario = {
  name: 'executed-once',
  title: 'A command that is sent twice is executed once',
  about:
    'The run that chapter 8 got wrong. The client asks again, but now its command has a number.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('Ann asks to put an a at the end of x. It is her command number 1.');
    run.request('A', append);
    run.deliver('AppendEntries', 'A', 'B');
    run.note('The entry is committed, and A applies it. It crashes before it can answer Ann.');
    run.crashAfter(1);
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.dropAll();
    loseContact(run, 'B', 'C');
    run.note('B is elected. It holds the entry, commits it with its own, and applies it too.');
    run.prologue(() => {
      run.timeout('B');
      run.drop('PreVote', 'B', 'A');
      run.deliver('PreVote', 'B', 'C');
      run.deliver('PreVoteReply', 'C', 'B');
      run.drop('RequestVote', 'B', 'A');
      run.deliver('RequestVote', 'B', 'C');
    });
    run.deliver('RequestVoteReply', 'C', 'B');
    run.drop('AppendEntries', 'B', 'A');
    run.settle('B', 'C');
    run.note('Ann has heard nothing, and asks again: the same command under the same number.');
    run.ask(
      'B has executed command 1 of Ann when it applied the entry. What does it do now?',
      'It answers at once, with the result of that time: x is a. Nothing new goes into the log.',
    );
    run.request('B', append);
  },
  outcome: {
    says: 'x is a, and Ann has been told so.',
    nodes: { B: { role: 'leader', currentTerm: 2, machine: { x: 'a' } } },
  },
};

/** A leads, takes a command and stores it on B as well, and crashes before it hears of that. */
function storedAndNotAnswered(run: Script, command: typeof append): void {
  run.request('A', command);
  run.deliver('AppendEntries', 'A', 'B');
  run.prologue(() => {
    run.crash('A');
    run.dropAll();
  });
  loseContact(run, 'B', 'C');
}

export const twiceInTheLog: Scenario = {
  name: 'twice-in-the-log',
  title: 'Twice in the log, executed once',
  about: 'The client asks again before its first attempt is committed. Nobody can know it yet.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('Ann asks A. Her command is stored on A and B. Then A crashes.');
    storedAndNotAnswered(run, append);
    run.note('B is elected, but has committed nothing in its term yet.');
    run.prologue(() => elect(run, 'B', 'C'));
    run.note('Ann asks again. Her command has not been executed anywhere that B knows of.');
    run.ask(
      'The command is in the log of B already, uncommitted. May B refuse to append it again?',
      'It need not look. B appends it once more. What counts is how often it is executed.',
    );
    run.request('B', append);
    run.note('C stores both entries, and both are committed.');
    run.ask(
      'B applies two entries with command 1 of Ann. What is x?',
      'a. The second time the state machine knows the number, and changes nothing.',
    );
    run.settle('B', 'C');
  },
  outcome: {
    says: 'The command is in the log twice, x is a, and Ann was told so.',
    nodes: {
      B: {
        machine: { x: 'a' },
        sessions: { Ann: { sequence: 1, result: 'a' } },
        log: [
          { term: 1, command: 'no-op' },
          { term: 1, ...append },
          { term: 2, command: 'no-op' },
          { term: 2, ...append },
        ],
      },
      C: {
        log: [
          { term: 1, command: 'no-op' },
          { term: 1, ...append },
          { term: 2, command: 'no-op' },
          { term: 2, ...append },
        ],
      },
    },
  },
};

export const lateCopy: Scenario = {
  name: 'late-copy',
  title: 'A copy that comes after the next command',
  about: 'A request of a client arrives once more, long after the client has gone on.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('Ann puts an a at the end of x, hears that it is done, and then sets x to b.');
    run.request('A', append);
    run.settle();
    run.request('A', { command: 'x=b', client: 'Ann', sequence: 2 });
    run.settle();
    run.note('On its way the first request had been doubled. The copy arrives now.');
    run.ask(
      'The latest command of Ann that A has executed is number 2. This is number 1. What is to be done?',
      'Nothing must change. A later number is executed, so number 1 was, and Ann has its answer.',
    );
    run.request('A', append);
    run.settle();
  },
  outcome: {
    says: 'x is b, as Ann left it.',
    nodes: { A: { machine: { x: 'b' }, sessions: { Ann: { sequence: 2, result: 'b' } } } },
  },
};

const compareAndSet = { command: 'x=2 if 1', client: 'Ann', sequence: 2 };

export const toldTheSame: Scenario = {
  name: 'told-the-same',
  title: 'Asked again, a client is told the same',
  about: 'A command that sets x only when it has some value would fail if it were executed again.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      run.request('A', { command: 'x=1', client: 'Ann', sequence: 1 });
      run.settle();
    });
    run.note('x is 1. Ann asks to set it to 2 if it is 1.');
    run.request('A', compareAndSet);
    run.deliver('AppendEntries', 'A', 'B');
    run.note(
      'It is committed and executed, and A answers yes. The answer is lost on its way to Ann.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.ask(
      'Ann asks again. x is 2 now, so x is not 1. What does A answer?',
      'Yes. That was the result when the command was executed. A no would tell Ann what is not so.',
    );
    run.request('A', compareAndSet);
    run.prologue(() => run.settle());
    run.note('Ben asks for the same. To him it has to be no.');
    run.request('A', { command: 'x=2 if 1', client: 'Ben', sequence: 1 });
    run.settle();
  },
  outcome: {
    says: 'Ann is told yes, Ben is told no.',
    nodes: {
      A: {
        machine: { x: '2' },
        sessions: { Ann: { sequence: 2, result: 'yes' }, Ben: { sequence: 1, result: 'no' } },
      },
    },
  },
};
