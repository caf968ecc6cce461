// What helps a student with the gaps of an exercise.

/** From a question to think about, through the fields to look at, to nearly the answer. */
export type Hint = readonly [question: string, fields: string, nearlyTheAnswer: string];

/** The hints of one chapter, by the name of the rule that has the gap. */
export type Hints = Readonly<Record<string, Hint>>;
