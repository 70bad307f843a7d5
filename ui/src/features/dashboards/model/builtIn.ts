/** Dashboards that come with the page: of spans and of the ledger, so of what every project has. They are copied to be changed. */
import { EMPTY, type Dashboard, type Panel } from './dashboard';

const WINDOW = "Timestamp BETWEEN {from:DateTime64(3, 'UTC')} AND {to:DateTime64(3, 'UTC')}";
const TIME = 'toStartOfInterval(Timestamp, toIntervalSecond({step:UInt32})) AS time';
const ENTRY = "(SpanKind IN ('Server', 'Consumer') OR ParentSpanId = '')";
const CALLS = "GenAiOperation IN ('chat', 'generate_content', 'text_completion', 'embeddings')";
const COUNTED = `${WINDOW} AND Counted`;
const USED_MODEL = "if(RequestModel != '', RequestModel, ResponseModel) AS model";
const MODEL = "if(GenAiRequestModel != '', GenAiRequestModel, GenAiResponseModel) AS model";

function sql(id: string, title: string, view: 'chart' | 'number' | 'table', width: number, height: number, query: string, unit = ''): Panel {
  return { id, title, width, height, content: { kind: 'sql', view, query, unit } };
}

const services: Dashboard = {
  ...EMPTY,
  description: 'Rate, errors and duration of each service: of server, consumer and root spans.',
  panels: [
    sql('rate', 'Requests per second', 'chart', 6, 5, `SELECT ${TIME}, ServiceName, count() / {step:UInt32} AS rate\nFROM otel_traces\nWHERE ${WINDOW} AND ${ENTRY}\nGROUP BY time, ServiceName\nORDER BY time`, '1/s'),
    sql('errors', 'Share of requests that fail', 'chart', 6, 5, `SELECT ${TIME}, ServiceName, 100 * countIf(StatusCode = 'Error') / count() AS errors\nFROM otel_traces\nWHERE ${WINDOW} AND ${ENTRY}\nGROUP BY time, ServiceName\nORDER BY time`, '%'),
    sql('p95', 'Duration, p95', 'chart', 6, 5, `SELECT ${TIME}, ServiceName, quantile(0.95)(Duration) AS p95\nFROM otel_traces\nWHERE ${WINDOW} AND ${ENTRY}\nGROUP BY time, ServiceName\nORDER BY time`, 'ns'),
    sql('p50', 'Duration, p50', 'chart', 6, 5, `SELECT ${TIME}, ServiceName, quantile(0.5)(Duration) AS p50\nFROM otel_traces\nWHERE ${WINDOW} AND ${ENTRY}\nGROUP BY time, ServiceName\nORDER BY time`, 'ns'),
    sql('operations', 'Operations, the slowest first', 'table', 12, 6, `SELECT ServiceName AS service, SpanName AS operation, count() AS requests, countIf(StatusCode = 'Error') AS errors,\n    quantile(0.5)(Duration) AS p50_ns, quantile(0.95)(Duration) AS p95_ns\nFROM otel_traces\nWHERE ${WINDOW} AND ${ENTRY}\nGROUP BY service, operation\nORDER BY p95_ns DESC\nLIMIT 50`),
  ],
};

const genAi: Dashboard = {
  ...EMPTY,
  description: 'Calls of models: how many, of which, how many tokens, what they cost, how long. What repeats the usage of a call is not counted.',
  panels: [
    sql('calls', 'Calls', 'number', 2, 2, `SELECT count() FROM gen_ai_usage WHERE ${COUNTED}`),
    sql('input', 'Input tokens', 'number', 2, 2, `SELECT sum(InputTokens) FROM gen_ai_usage WHERE ${COUNTED}`, '{token}'),
    sql('output', 'Output tokens', 'number', 2, 2, `SELECT sum(OutputTokens) FROM gen_ai_usage WHERE ${COUNTED}`, '{token}'),
    sql('cost', 'Cost, where a price is known', 'number', 2, 2, `SELECT sum(Cost) FROM gen_ai_usage WHERE ${COUNTED}`, 'USD'),
    sql('unpriced', 'Calls without a price', 'number', 2, 2, `SELECT countIf(Cost IS NULL) FROM gen_ai_usage WHERE ${COUNTED}`),
    sql('failed', 'Calls that failed', 'number', 2, 2, `SELECT 100 * countIf(StatusCode = 'Error') / count() FROM otel_traces WHERE ${WINDOW} AND ${CALLS}`, '%'),
    sql('tokens', 'Tokens per second, by model', 'chart', 6, 5, `SELECT ${TIME}, ${USED_MODEL}, sum(InputTokens + OutputTokens) / {step:UInt32} AS tokens\nFROM gen_ai_usage\nWHERE ${COUNTED}\nGROUP BY time, model\nORDER BY time`, '{token}/s'),
    sql('costs', 'Cost per hour, by model', 'chart', 6, 5, `SELECT ${TIME}, ${USED_MODEL}, 3600 * toFloat64(sum(Cost)) / {step:UInt32} AS cost\nFROM gen_ai_usage\nWHERE ${COUNTED} AND Cost IS NOT NULL\nGROUP BY time, model\nORDER BY time`, 'USD'),
    sql('duration', 'Duration of a call, p95, by model', 'chart', 12, 5, `SELECT ${TIME}, ${MODEL}, quantile(0.95)(Duration) AS p95\nFROM otel_traces\nWHERE ${WINDOW} AND ${CALLS}\nGROUP BY time, model\nORDER BY time`, 'ns'),
    sql('models', 'By model', 'table', 12, 5, `SELECT Provider AS provider, ${USED_MODEL}, count() AS calls, sum(Cost) AS cost_usd, countIf(Cost IS NULL) AS calls_without_price,\n    sum(InputTokens) AS input_tokens, sum(CacheReadBucket) AS cache_read_tokens, sum(OutputTokens) AS output_tokens, sum(ReasoningBucket) AS reasoning_tokens\nFROM gen_ai_usage\nWHERE ${COUNTED}\nGROUP BY provider, model\nORDER BY input_tokens + output_tokens DESC\nLIMIT 50`),
  ],
};

const LEDGER = "ReceivedAt BETWEEN {from:DateTime64(3, 'UTC')} AND {to:DateTime64(3, 'UTC')}";
const RECEIVED = 'toStartOfInterval(ReceivedAt, toIntervalSecond({step:UInt32})) AS time';

const ingest: Dashboard = {
  ...EMPTY,
  description: 'What arrived, and what became of it.',
  panels: [
    sql('stored', 'Items stored per second', 'chart', 8, 5, `SELECT ${RECEIVED}, Signal, sum(Stored) / {step:UInt32} AS items\nFROM ingest_ledger\nWHERE ${LEDGER}\nGROUP BY time, Signal\nORDER BY time`, '1/s'),
    sql('rejected', 'Rejected', 'number', 4, 2, `SELECT sum(Rejected) FROM ingest_ledger WHERE ${LEDGER}`),
    sql('senders', 'Senders', 'table', 12, 5, `SELECT Sender AS sender, Signal AS signal, Api AS api, count() AS requests, sum(Received) AS received, sum(Stored) AS stored,\n    sum(Rejected) AS rejected, max(ReceivedAt) AS last\nFROM ingest_ledger\nWHERE ${LEDGER}\nGROUP BY sender, signal, api\nORDER BY received DESC\nLIMIT 100`),
  ],
};

export const BUILT_IN: readonly { id: string; name: string; board: Dashboard }[] = [
  { id: 'services', name: 'Services', board: services },
  { id: 'gen-ai', name: 'GenAI usage', board: genAi },
  { id: 'ingest', name: 'Ingest', board: ingest },
];
