// What a submission finds in every JavaScript engine, and @types/node declares only beside much else.

declare function structuredClone<T>(value: T): T;
