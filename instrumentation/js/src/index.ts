/** `@spanhouse/sdk`: what a program imports. */

export { feedback, span, trace, type FeedbackOptions, type OperationByHand, type TraceOptions } from './by-hand.js';
export { PATTERNS, type Redact } from './content.js';
export { session, tags, user } from './context.js';
export { LIBRARY_NAMES, Report, flush, instrument, uninstrument, type Status } from './instrument.js';
export { InvalidSettings, type Options, type Protocol } from './settings.js';
export { VERSION } from './version.js';
