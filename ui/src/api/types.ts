/** The API's answers under short names; schema.gen.ts is generated from the committed OpenAPI by `npm run types`. */
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Attribute = Schemas['Attribute'];
export type Completion = Schemas['Completion'];
export type Completions = Schemas['Completions'];
export type FoundSpan = Schemas['FoundSpan'];
export type GenAi = Schemas['GenAi'];
export type Histogram = Schemas['Histogram'];
export type Language = Schemas['Language'];
export type Ledger = Schemas['Ledger'];
export type LedgerSender = Schemas['Sender'];
export type LogBucket = Schemas['LogBucket'];
export type LogFacets = Schemas['LogFacets'];
export type LogHistogram = Schemas['LogHistogram'];
export type LogPage = Schemas['LogPage'];
export type LogRecord = Schemas['LogRecord'];
export type LogTail = Schemas['LogTail'];
export type Message = Schemas['Message'];
export type NarrowedQuery = Schemas['NarrowedQuery'];
export type Part = Schemas['Part'];
export type Projects = Schemas['Projects'];
export type ServerVersion = Schemas['Version'];
export type Services = Schemas['Services'];
export type Skeleton = Schemas['Skeleton'];
export type Span = Schemas['Span'];
export type SpanEvent = Schemas['SpanEvent'];
export type SpanPage = Schemas['SpanPage'];
export type SpanSearch = Schemas['SpanSearch'];
export type TracePage = Schemas['TracePage'];
export type TraceSummary = Schemas['TraceSummary'];
