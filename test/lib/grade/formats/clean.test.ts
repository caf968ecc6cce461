// Untrusted text, made safe for every format.

import test from 'tape';
import { oneLine, severalLines } from '../../../../lib/grade/formats/clean.ts';
import { formatNames, formats } from '../../../../lib/grade/formats/formats.ts';
import { everyReport } from './reports.ts';

test('terminal sequences go, and a character that cannot be shown is marked', (t) => {
  t.equal(severalLines('\u001b[31mred\u001b[0m and \u001b]0;title\u0007plain'), 'red and plain');
  t.equal(severalLines('a\0b\ud800c\uffffd\u202ee'), 'a\ufffdb\ufffdc\ufffdd\ufffde');
  t.equal(severalLines('😀 é §'), '😀 é §', 'all else stays');
  t.end();
});

test('every line end is the same one, and in one line it is a space', (t) => {
  t.equal(severalLines('a\r\nb\rc\u2028d\ve\n'), 'a\nb\nc\nd\ne');
  t.equal(oneLine('a\r\n  b\tc'), 'a b c');
  t.end();
});

test('no line begins a command of GitHub Actions', (t) => {
  t.equal(severalLines('  ::error::x\na::b\n##[group]y'), '  : :error::x\na::b\n# #[group]y');
  t.equal(severalLines('\u001b[0m::set-output name=a::b'), ': :set-output name=a::b');
  t.end();
});

test('long text is cut, and the note says how much is left out', (t) => {
  t.equal(severalLines('a'.repeat(16), 10), 'aaaaaaaaaa\n… and 6 more characters');
  t.equal(oneLine('a'.repeat(16), 10), 'aaaaaaaaaa … and 6 more characters');
  t.equal(
    severalLines('aaa😀', 4),
    'aaa\ufffd\n… and 1 more characters',
    'half a character is marked',
  );
  t.end();
});

test('no format writes a control character, a lone surrogate or a command of GitHub Actions', (t) => {
  for (const name of formatNames) {
    const wrong = everyReport.filter(([, report]) => {
      const text = formats[name].write(report);
      return /(?![\t\n])[\p{Cc}\p{Cs}]|##\[|^\s*::/mu.test(text);
    });
    t.deepEqual(
      wrong.map(([which]) => which),
      [],
      name,
    );
  }
  t.end();
});
