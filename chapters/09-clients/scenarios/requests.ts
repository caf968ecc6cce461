// What Ann and Ben ask for in the runs of chapter 9.

export const setByAnn = { command: 'x=1', client: 'Ann', sequence: 1 };
export const setByBen = { command: 'x=2', client: 'Ben', sequence: 1 };
export const readByAnn = { command: 'x?', client: 'Ann', sequence: 2, read: 'index' } as const;
