/** The API's answers under short names; schema.gen.ts is generated from the committed OpenAPI by `npm run types`. */
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Attribute = Schemas['Attribute'];
export type AttributeKeys = Schemas['AttributeKeys'];
export type AttributeValues = Schemas['AttributeValues'];
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
export type TracePage = Schemas['TracePage'];
export type TraceSummary = Schemas['TraceSummary'];
export type Exemplar = Schemas['Exemplar'];
export type Metric = Schemas['Metric'];
export type MetricAttributeKeys = Schemas['MetricAttributeKeys'];
export type MetricAttributeValues = Schemas['MetricAttributeValues'];
export type MetricSeries = Schemas['MetricSeries'];
export type MetricValues = Schemas['MetricValues'];
export type Metrics = Schemas['Metrics'];
export type ServiceCall = Schemas['ServiceCall'];
export type ServiceMap = Schemas['ServiceMap'];
export type ServiceNode = Schemas['ServiceNode'];
