// What the generated validators take and tell.

import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { TraceHeader, TraceStep } from './trace.gen.ts';

export declare const validateHeader: ValidateFunction<TraceHeader>;
export declare const validateStep: ValidateFunction<TraceStep>;
