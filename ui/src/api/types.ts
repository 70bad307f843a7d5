/** The API's answers under short names; schema.gen.ts is generated from the committed OpenAPI by `npm run types`. */
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Annotation = Schemas['Annotation'];
export type AnnotationList = Schemas['AnnotationList'];
export type AnnotationWrite = Schemas['AnnotationWrite'];
export type Attribute = Schemas['Attribute'];
export type AttributeKeys = Schemas['AttributeKeys'];
export type AttributeValues = Schemas['AttributeValues'];
export type SavedDocument = Schemas['SavedDocument'];
export type DocumentKind = SavedDocument['kind'];
export type Documents = Schemas['Documents'];
export type GenAi = Schemas['GenAi'];
export type Histogram = Schemas['Histogram'];
export type Ledger = Schemas['Ledger'];
export type LedgerSender = Schemas['Sender'];
export type Message = Schemas['Message'];
export type Operations = Schemas['Operations'];
export type Part = Schemas['Part'];
export type Projects = Schemas['Projects'];
export type ServerVersion = Schemas['Version'];
export type Services = Schemas['Services'];
export type Skeleton = Schemas['Skeleton'];
export type Span = Schemas['Span'];
export type SpanEvent = Schemas['SpanEvent'];
export type SpanSearch = Schemas['SpanSearch'];
export type SqlAnswer = Schemas['SqlAnswer'];
export type SqlProgress = Schemas['SqlProgress'];
export type SqlSchema = Schemas['SqlSchema'];
export type TracePage = Schemas['TracePage'];
export type TraceSummary = Schemas['TraceSummary'];
