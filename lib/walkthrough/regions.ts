// Fills the marked regions of a lesson: everything between `<!-- rules -->` and `<!-- /rules -->` is
// replaced, and everything else stays as its author wrote it.

/** Gives the lines of a region, by what follows the colon in its marker. Throws when it cannot. */
export type Filler = (argument: string | undefined) => readonly string[];

const marker = /^<!-- (\/?)([a-z-]+)(?:: (.+?))? -->$/;
const fence = /^\s*(```|~~~)/;

/**
 * The text with every region filled anew. Throws, with the file and the line, at a marker that is
 * unknown or not closed, and when a filler throws.
 */
export function fillRegions(
  text: string,
  file: string,
  fillers: Readonly<Record<string, Filler>>,
): string {
  const lines = text.split('\n');
  const filled: string[] = [];
  let fenced = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    filled.push(line);
    if (fence.test(line)) fenced = !fenced;
    const found = fenced ? null : marker.exec(line);
    if (!found) continue;
    const [, slash, kind = '', argument] = found;
    const fill = Object.hasOwn(fillers, kind) ? fillers[kind] : undefined;
    if (!fill) fail(file, index, `there is no marker named ${kind}`);
    if (slash) fail(file, index, `nothing is open that ${line} could close`);
    const end = lines.findIndex((other, at) => at > index && marker.test(other));
    if (lines[end] !== `<!-- /${kind} -->`) {
      fail(file, index, `expected <!-- /${kind} --> before the next marker`);
    }
    try {
      filled.push('', ...fill(argument), '', `<!-- /${kind} -->`);
    } catch (error) {
      fail(file, index, error instanceof Error ? error.message : String(error));
    }
    index = end;
  }
  return filled.join('\n');
}

function fail(file: string, index: number, what: string): never {
  throw new Error(`${file}:${index + 1}: ${what}`);
}
