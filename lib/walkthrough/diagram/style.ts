// The look of a diagram, for light and for dark surroundings. Shapes and words carry the meaning;
// colour only helps.

const light = {
  panel: '#ffffff',
  edge: '#d0d7de',
  text: '#1f2328',
  muted: '#59636e',
  faint: '#eaeef2',
  band: '#f6f1e4',
  wall: '#8a6d1f',
  candidate: '#9a4b00',
  leader: '#0a55b5',
  onLeader: '#ffffff',
  vote: '#7b35b8',
  append: '#0b6e66',
  lost: '#c02222',
};

const dark: typeof light = {
  panel: '#0f141b',
  edge: '#3d444d',
  text: '#f0f3f6',
  muted: '#a3adb8',
  faint: '#1d242d',
  band: '#26210f',
  wall: '#d6b656',
  candidate: '#ffb066',
  leader: '#6fb1ff',
  onLeader: '#0b1420',
  vote: '#d3a6ff',
  append: '#5fd4c4',
  lost: '#ff8a80',
};

const variables = (colours: typeof light) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

const style = `
svg{${variables(light)};font:11px Helvetica,Arial,'Liberation Sans',sans-serif}
@media (prefers-color-scheme:dark){svg{${variables(dark)}}}
text{fill:var(--text)}
.panel{fill:var(--panel);stroke:var(--edge)}
.guide{stroke:var(--faint)}
.time{fill:var(--muted)}
.strong{font-weight:bold}
.name{font-size:15px;font-weight:bold}
.box{fill:var(--panel);stroke:var(--text);stroke-width:1.5}
.follower{stroke:var(--muted);stroke-width:2;fill:none}
.candidate,.pre-candidate{stroke:var(--candidate);stroke-width:1.8;fill:var(--panel)}
.pre-candidate{stroke-dasharray:5 3}
.leader{stroke:var(--leader);stroke-width:1.8;fill:var(--leader)}
.down{stroke:var(--muted);stroke-width:1.5;stroke-dasharray:1 6;stroke-linecap:round;fill:none}
.mark{fill:var(--panel);stroke:var(--text);stroke-width:1.5}
.mark.candidate,.mark.pre-candidate{stroke:var(--candidate);stroke-width:2}
.mark.leader{fill:var(--leader);stroke:var(--leader)}
.on-leader{fill:var(--onLeader)}
.message{fill:none;stroke-width:1.6}
.vote{stroke:var(--vote)}.append{stroke:var(--append)}.other{stroke:var(--text)}
.head.vote{fill:var(--vote)}.head.append{fill:var(--append)}.head.other{fill:var(--text)}
.head.open{fill:var(--panel);stroke-width:1.4}
.flying{stroke-dasharray:9 3 7 4 5 5 3 6 2 7 1 60}
.cross{stroke:var(--lost);stroke-width:2.4;stroke-linecap:round;fill:none}
.lost{fill:var(--lost)}
.caption{paint-order:stroke;stroke:var(--panel);stroke-width:4px;stroke-linejoin:round}
.caption.banded{stroke:var(--band)}
.small{font-size:10px}
.tiny{font-size:8.5px}
.band{fill:var(--band)}
.border{stroke:var(--wall);stroke-width:1.5;stroke-dasharray:7 4}
.chip{fill:var(--panel);stroke:var(--wall);stroke-width:1.5}
`.trim();

/** The style of a diagram, with the sign of a write where there is one. */
export const styleOf = (hasDisks: boolean): string =>
  hasDisks ? `${style}\n.disk{fill:var(--text);stroke:var(--panel)}` : style;
