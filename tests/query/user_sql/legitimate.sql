What people ask of their own telemetry: each must be allowed, and run. A name after ###, then the SQL.

### count
SELECT count() FROM otel_traces

### qualified
SELECT count() FROM spanhouse.otel_traces

### quoted names
SELECT "SpanName" FROM "spanhouse"."otel_traces" LIMIT 1

### from first
FROM otel_traces SELECT SpanName LIMIT 3

### no table
SELECT 1 + 1 AS two, 'x' AS x, NULL AS nothing, true AS yes

### no alias for a constant
SELECT version(), timezone()

### group by
SELECT ServiceName, count() AS spans FROM otel_traces GROUP BY ServiceName ORDER BY spans DESC, 1

### group by all
SELECT ServiceName, SpanName, count() FROM otel_traces GROUP BY ALL ORDER BY ALL

### rollup
SELECT ServiceName, SpanName, count() FROM otel_traces GROUP BY ROLLUP(ServiceName, SpanName)

### cube
SELECT ServiceName, StatusCode, count(), grouping(ServiceName) FROM otel_traces GROUP BY CUBE(ServiceName, StatusCode)

### grouping sets
SELECT ServiceName, SpanName, count() FROM otel_traces GROUP BY GROUPING SETS ((ServiceName), (SpanName), ())

### with totals
SELECT ServiceName, count() FROM otel_traces GROUP BY ServiceName WITH TOTALS

### having
SELECT TraceId, count() AS n FROM otel_traces GROUP BY TraceId HAVING n > 1

### quantiles
SELECT quantiles(0.5, 0.95, 0.99)(Duration), quantileTDigest(0.9)(Duration), median(Duration) FROM otel_traces

### if combinators
SELECT countIf(StatusCode = 'Error') / count() AS error_rate, avgIf(Duration, SpanKind = 'Server') FROM otel_traces

### states and merges
SELECT quantileMerge(0.9)(s) FROM (SELECT quantileState(0.9)(Duration) AS s FROM otel_traces GROUP BY ServiceName)

### distinct
SELECT DISTINCT ServiceName FROM otel_traces

### distinct on
SELECT DISTINCT ON (ServiceName) ServiceName, SpanName FROM otel_traces ORDER BY ServiceName, Timestamp

### count distinct
SELECT count(DISTINCT TraceId), uniq(TraceId), uniqExact(TraceId) FROM otel_traces

### limit by
SELECT ServiceName, SpanName, Duration FROM otel_traces ORDER BY Duration DESC LIMIT 2 BY ServiceName LIMIT 10

### limit with ties
SELECT Duration FROM otel_traces ORDER BY Duration LIMIT 2 WITH TIES

### offset
SELECT SpanId FROM otel_traces ORDER BY Timestamp LIMIT 5 OFFSET 2

### limit from a query
SELECT SpanId FROM otel_traces LIMIT (SELECT 2)

### window
SELECT SpanId, row_number() OVER (PARTITION BY TraceId ORDER BY Timestamp) AS n FROM otel_traces

### window frame
SELECT Timestamp, sum(Duration) OVER (ORDER BY Timestamp ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM otel_traces

### named window
SELECT lagInFrame(Duration, 1) OVER w, rank() OVER w FROM otel_traces WINDOW w AS (PARTITION BY ServiceName ORDER BY Duration)

### qualify
SELECT ServiceName, SpanName FROM otel_traces QUALIFY row_number() OVER (PARTITION BY ServiceName ORDER BY Duration DESC) = 1

### cte
WITH slow AS (SELECT * FROM otel_traces WHERE Duration > 1) SELECT count() FROM slow

### two ctes
WITH a AS (SELECT TraceId FROM otel_traces), b AS (SELECT TraceId FROM a) SELECT count() FROM b JOIN a USING (TraceId)

### expression with
WITH toStartOfHour(Timestamp) AS hour, 5 AS five SELECT hour, count() + five FROM otel_traces GROUP BY hour

### scalar with
WITH (SELECT max(Duration) FROM otel_traces) AS most SELECT countIf(Duration = most) FROM otel_traces

### recursive cte
WITH RECURSIVE tree AS (SELECT SpanId, 0 AS depth FROM otel_traces WHERE ParentSpanId = '' UNION ALL SELECT s.SpanId, depth + 1 FROM otel_traces AS s JOIN tree AS t ON s.ParentSpanId = t.SpanId) SELECT max(depth) FROM tree

### subquery
SELECT avg(n) FROM (SELECT count() AS n FROM otel_traces GROUP BY TraceId)

### scalar subquery
SELECT SpanName FROM otel_traces WHERE Duration = (SELECT max(Duration) FROM otel_traces)

### in a query
SELECT count() FROM otel_logs WHERE TraceId IN (SELECT TraceId FROM otel_traces WHERE StatusCode = 'Error')

### in a table
SELECT 'x' IN (SELECT SpanName FROM otel_traces), 1 IN (1, 2), (1, 2) IN ((1, 2))

### in a cte
WITH bad AS (SELECT TraceId FROM otel_traces) SELECT count() FROM otel_logs WHERE TraceId IN bad

### exists
SELECT count() FROM otel_traces WHERE EXISTS (SELECT 1 FROM otel_logs)

### union all
SELECT 'spans' AS what, count() FROM otel_traces UNION ALL SELECT 'logs', count() FROM otel_logs

### union distinct
SELECT ServiceName FROM otel_traces UNION DISTINCT SELECT ServiceName FROM otel_logs

### intersect and except
SELECT TraceId FROM otel_traces INTERSECT SELECT TraceId FROM otel_logs EXCEPT SELECT ''

### inner join
SELECT t.SpanName, l.Body FROM otel_traces AS t INNER JOIN otel_logs AS l ON t.TraceId = l.TraceId AND t.SpanId = l.SpanId

### left join
SELECT count() FROM otel_traces AS c LEFT JOIN otel_traces AS p ON c.ParentSpanId = p.SpanId WHERE p.SpanId = ''

### anti join
SELECT count() FROM otel_traces AS t LEFT ANTI JOIN otel_logs AS l USING (TraceId)

### asof join
SELECT t.SpanName, l.Body FROM otel_traces AS t ASOF LEFT JOIN otel_logs AS l ON t.TraceId = l.TraceId AND t.Timestamp >= l.Timestamp

### cross join
SELECT count() FROM otel_traces CROSS JOIN numbers(3) AS n

### comma join
SELECT count() FROM otel_traces AS a, otel_logs AS b WHERE a.TraceId = b.TraceId

### array join
SELECT name, count() FROM otel_traces ARRAY JOIN Events.Name AS name GROUP BY name

### left array join
SELECT SpanId, e FROM otel_traces LEFT ARRAY JOIN Events.Name AS e

### arrayJoin
SELECT arrayJoin(mapKeys(SpanAttributes)) AS key, count() FROM otel_traces GROUP BY key ORDER BY count() DESC

### maps
SELECT SpanAttributes['http.route'] AS route, mapContains(SpanAttributes, 'x'), mapFilter((k, v) -> k LIKE 'http%', SpanAttributes) FROM otel_traces

### lambdas
SELECT arrayMap(x -> x * 2, [1, 2]), arrayFilter((x, i) -> i > 1, [5, 6], [1, 2]), arraySum(x -> x, [1, 2]), arrayReduce('max', [1, 2])

### fold and sort
SELECT arrayFold((acc, x) -> acc + x, [1, 2, 3], toInt64(0)), arraySort(x -> -x, [1, 3, 2]), arrayZip([1], ['a'])

### tuples
SELECT (1, 'a').1, tuple(1, 2) AS t, t.2, untuple((1, 2)), [(1, 'x')] AS pairs, pairs[1].2

### json functions
SELECT JSONExtractString('{"a": {"b": "c"}}', 'a', 'b'), JSONExtractKeys(Body), simpleJSONExtractInt('{"x": 1}', 'x'), isValidJSON(Body) FROM otel_logs

### json type
SELECT '{"a": {"b": 1}}'::JSON AS j, j.a.b, JSONAllPaths(j)

### text
SELECT lower(SpanName), concat(ServiceName, '/', SpanName), splitByChar('.', SpanName)[1], replaceRegexpAll(SpanName, '\\d+', '#'), SpanName LIKE 'GET %', match(SpanName, '^a') FROM otel_traces

### text functions with keywords
SELECT trim(BOTH 'x' FROM 'xax'), substring('abc' FROM 2 FOR 1), extract(YEAR FROM now()), position('a' IN 'ba'), upper('ä')

### case
SELECT CASE WHEN Duration > 1000 THEN 'slow' ELSE 'fast' END, CASE SpanKind WHEN 'Server' THEN 1 ELSE 0 END, if(1, 2, 3), multiIf(1, 2, 3, 4, 5) FROM otel_traces

### casts
SELECT CAST('1' AS UInt8), '2'::Int32, toFloat64OrNull('x'), accurateCastOrNull('300', 'UInt8'), toDecimal64('1.5', 2), toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')

### times
SELECT toStartOfInterval(Timestamp, INTERVAL 5 MINUTE) AS t, count() FROM otel_traces WHERE Timestamp > now() - INTERVAL 100 YEAR GROUP BY t ORDER BY t

### time functions
SELECT dateDiff('second', now(), now() + INTERVAL 1 HOUR), formatDateTime(now(), '%Y-%m-%d'), toUnixTimestamp64Nano(Timestamp), dateTrunc('day', Timestamp), toTimeZone(Timestamp, 'Europe/Berlin') FROM otel_traces

### date literals
SELECT DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', toDateTime64('2026-01-01 00:00:00.123456789', 9, 'UTC')

### with fill
SELECT toStartOfMinute(Timestamp) AS t, count() AS n FROM otel_traces GROUP BY t ORDER BY t WITH FILL STEP 60

### interpolate
SELECT number AS n, 'x' AS v FROM numbers(3) ORDER BY n WITH FILL FROM 0 TO 6 STEP 1 INTERPOLATE (v AS concat(v, '+'))

### nulls last
SELECT SpanName FROM otel_traces ORDER BY SpanName ASC NULLS LAST, Duration DESC NULLS FIRST

### prewhere
SELECT count() FROM otel_traces PREWHERE ServiceName = 'web' WHERE Duration > 0

### star
SELECT * FROM otel_traces LIMIT 1

### star of one table
SELECT t.* FROM otel_traces AS t LIMIT 1

### star except
SELECT * EXCEPT (SpanAttributes, ResourceAttributes) FROM otel_traces LIMIT 1

### star replace
SELECT * REPLACE (Duration / 1e6 AS Duration) FROM otel_traces LIMIT 1

### star apply
SELECT COLUMNS('^GenAi.*Tokens$') APPLY(sum) FROM otel_traces

### apply with a lambda
SELECT COLUMNS(Duration) APPLY(x -> x / 2) FROM otel_traces

### apply with a parameter
SELECT COLUMNS(Duration) APPLY(quantile(0.9)) FROM otel_traces

### alias columns
SELECT SessionId, UserId, SpanAttributeItems FROM otel_traces WHERE SessionId != ''

### attribute items
SELECT count() FROM otel_traces WHERE has(SpanAttributeItems, 'http.route=/a')

### log search
SELECT Timestamp, SeverityText, Body FROM otel_logs WHERE Body ILIKE '%x%' AND hasToken(Body, 'x') ORDER BY Timestamp DESC LIMIT 10

### log tokens
SELECT count() FROM otel_logs WHERE hasAnyTokens(Body, ['x', 'y']) OR hasAllTokens(Body, 'x y')

### gauge
SELECT MetricName, avg(Value) FROM otel_metrics_gauge GROUP BY MetricName

### sum rates
SELECT MetricName, max(Value) - min(Value) FROM otel_metrics_sum GROUP BY MetricName

### histogram
SELECT MetricName, sumForEach(BucketCounts) FROM otel_metrics_histogram GROUP BY MetricName

### exponential histogram
SELECT MetricName, sum(Count) FROM otel_metrics_exponential_histogram GROUP BY MetricName

### summary
SELECT MetricName, any(Sum) FROM otel_metrics_summary GROUP BY MetricName

### trace summaries
SELECT * FROM trace_summaries LIMIT 1

### trace bounds
SELECT TraceId, min(Start), max(End) FROM otel_traces_trace_id_ts GROUP BY TraceId

### operations
SELECT * FROM span_operations LIMIT 1

### values of attributes
SELECT Key, topK(3)(Value) FROM attribute_values GROUP BY Key

### ledger
SELECT Signal, sum(Received) FROM ingest_ledger GROUP BY Signal

### annotations
SELECT Name, avg(ScoreValue) FROM annotations WHERE Kind = 'score' GROUP BY Name

### numbers
SELECT number, number % 3 FROM numbers(10) WHERE number > 2

### generate series
SELECT * FROM generateSeries(1, 10, 3)

### values
SELECT * FROM values('a UInt8, b String', (1, 'x'), (2, 'y'))

### system one
SELECT dummy FROM system.one

### hashes
SELECT cityHash64(TraceId), sipHash64(SpanId), hex(MD5('x')), xxHash32('a') FROM otel_traces

### statistics
SELECT corr(Duration, toFloat64(Flags)), stddevPop(Duration), simpleLinearRegression(toFloat64(Duration), toFloat64(Flags)), topK(3)(SpanName), histogram(5)(Duration) FROM otel_traces

### arg max
SELECT TraceId, argMax(SpanName, Duration), groupArray(5)(SpanName), groupUniqArray(ServiceName), any(SpanKind), anyLast(SpanKind) FROM otel_traces GROUP BY TraceId

### funnels
SELECT windowFunnel(3600)(toDateTime(Timestamp), SpanName = 'a', SpanName = 'b'), sequenceMatch('(?1)(?2)')(toDateTime(Timestamp), SpanName = 'a', SpanName = 'b') FROM otel_traces

### bars
SELECT ServiceName, bar(count(), 0, 100, 20), formatReadableQuantity(count()), formatReadableSize(1e6) FROM otel_traces GROUP BY ServiceName

### between and not
SELECT count() FROM otel_traces WHERE Duration BETWEEN 1 AND 1000 AND NOT (SpanName IS NULL) AND SpanName NOT IN ('x') OR xor(-1 < 0, 1)

### harmless settings
SELECT count() FROM otel_traces SETTINGS max_threads = 1, join_use_nulls = 1

### format
SELECT 1 AS x FORMAT JSONEachRow

### format and settings
SELECT 1 AS x FORMAT CSV SETTINGS max_threads = 1

### comments
-- the spans
SELECT /* all */ count() # of them
FROM otel_traces;

### heredoc
SELECT $$it's$$ AS text

### type names
SELECT toTypeName(Timestamp), toTypeName([1]), materialize(1), ignore(1), identity(2) FROM otel_traces

### explain
EXPLAIN SELECT count() FROM otel_traces

### explain syntax
EXPLAIN SYNTAX SELECT count() FROM otel_traces WHERE 1

### explain pipeline
EXPLAIN PIPELINE SELECT count() FROM otel_traces

### explain query tree
EXPLAIN QUERY TREE SELECT count() FROM otel_traces

### describe
DESCRIBE TABLE otel_traces

### describe, short
DESC spanhouse.otel_logs

### describe a query
DESCRIBE (SELECT SpanName, count() AS n FROM otel_traces GROUP BY SpanName)

### show tables
SHOW TABLES

### show tables like
SHOW TABLES FROM spanhouse LIKE 'otel%'

### show databases
SHOW DATABASES

### show create
SHOW CREATE TABLE otel_traces

### exists table
EXISTS TABLE spanhouse.otel_traces

### columns of a table
SELECT name, type, comment FROM system.columns WHERE database = 'spanhouse' AND table = 'otel_traces'

### tables
SELECT database, name, engine, comment FROM system.tables WHERE database = currentDatabase()

### databases
SELECT name FROM system.databases

### settings
SELECT name, value, readonly FROM system.settings LIMIT 10000

### functions
SELECT name, is_aggregate FROM system.functions

### who am I
SELECT currentUser() AS user, timezone() AS timezone, version() AS version LIMIT 1

### a cte named as a column
WITH SpanName AS (SELECT 1 AS x) SELECT x FROM SpanName

### parts
SELECT _part, count() FROM otel_traces GROUP BY _part
