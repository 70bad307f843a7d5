// Asks ClickHouse HTTP at argv[2] as project argv[3] with the stock client, and prints what came as JSON.
import { createClient } from '@clickhouse/client';

const client = createClient({
  url: process.argv[2],
  username: process.argv[3],
  application: 'spanhouse-tests',
  compression: { response: true },
});

async function failure(promise) {
  try {
    await promise;
    return null;
  } catch (error) {
    return { code: error.code, type: error.type, message: error.message };
  }
}

const found = {};
found.ping = (await client.ping()).success;
found.pingBySelect = (await client.ping({ select: true })).success;

const answer = await client.query({
  query: 'SELECT SpanName, Duration FROM otel_traces ORDER BY Duration',
  format: 'JSONEachRow',
});
found.rows = await answer.json();
found.queryId = answer.query_id.length;

const whole = await client.query({ query: 'SELECT count() AS n FROM otel_traces', format: 'JSON' });
const { data, meta, rows } = await whole.json();
found.whole = { data, meta, rows };

const bound = await client.query({
  query: 'SELECT {s:String} AS s, {n:Int64} AS n, {a:Array(String)} AS a, {d:DateTime} AS d, {m:Map(String, String)} AS m',
  query_params: {
    s: "it's \\ a\n\ttest",
    n: -5,
    a: ["x'y", '\\'],
    d: new Date('2026-01-02T03:04:05Z'),
    m: { k: "v'w" },
  },
  format: 'JSONEachRow',
});
found.bound = await bound.json();

const stream = (
  await client.query({ query: 'SELECT number FROM numbers(200000)', format: 'JSONCompactEachRow' })
).stream();
found.streamed = 0;
for await (const lines of stream) found.streamed += lines.length;

const csv = await client.query({ query: 'SELECT 1 AS x', format: 'CSVWithNames' });
found.csv = await csv.text();

const executed = await client.exec({ query: "SELECT 'executed' AS x FORMAT TabSeparated" });
let text = '';
for await (const piece of executed.stream) text += piece;
found.executed = text;
await client.command({ query: 'SELECT 1' });

const session = await client.query({
  query: 'SELECT 1 AS x',
  format: 'JSONEachRow',
  session_id: 'session-1',
  clickhouse_settings: { max_threads: 2, async_insert: 1, wait_end_of_query: 1 },
});
found.session = await session.json();

found.unknown = await failure(client.query({ query: 'SELECT nothing FROM otel_traces' }));
found.syntax = await failure(client.query({ query: 'SELECT (1' }));
found.refused = await failure(client.query({ query: "SELECT * FROM url('http://127.0.0.1:1/')" }));
found.insert = await failure(client.insert({ table: 'otel_traces', values: [{ TraceId: 'x' }], format: 'JSONEachRow' }));
found.written = await failure(client.command({ query: 'TRUNCATE TABLE otel_traces' }));
found.late = await failure(
  (async () => {
    const late = await client.query({
      query: 'SELECT throwIf(number = 3000000) AS a, number FROM numbers(5000000)',
      format: 'JSONEachRow',
    });
    for await (const lines of late.stream()) void lines;
  })(),
);

await client.close();
console.log(JSON.stringify(found));
