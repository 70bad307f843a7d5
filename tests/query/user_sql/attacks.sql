What a project must not get by SQL. Two projects are seeded: the asking one, and one whose every text has `zebra` in it, whose
durations are 7777777 and whose times lie in 2031. A line ### holds a name and what must come of it: `refused` (a reason that
names what is not allowed), `invalid` (ClickHouse cannot read it), `own` (an answer without anything of the other project),
or the rows as JSON, which are those of the asking project alone.

### another project by name => [["0"]]
SELECT count() FROM otel_traces WHERE ProjectId = 'zebra'
### every project => [["3"]]
SELECT count() FROM otel_traces
### always true => [["3"]]
SELECT count() FROM otel_traces WHERE ProjectId = 'zebra' OR 1 = 1
### the projects there are => [["acme"]]
SELECT DISTINCT ProjectId FROM otel_traces
### not mine => []
SELECT * FROM otel_traces WHERE ProjectId != 'acme'
### qualified => [["3"]]
SELECT count() FROM spanhouse.otel_traces
### quoted => [["3"]]
SELECT count() FROM `spanhouse`.`otel_traces`
### double quotes => [["3"]]
SELECT count() FROM "spanhouse"."otel_traces"
### typographic quotes => [["3"]]
SELECT count() FROM “otel_traces”
### an alias => [["3"]]
SELECT count() FROM otel_traces AS x
### an alias like another table => [["3"]]
SELECT count() FROM otel_traces AS otel_logs
### an alias like the filter's key => refused
SELECT count() FROM otel_traces AS `spanhouse.otel_logs`
### an alias like a filtered view => refused
SELECT count() FROM otel_traces AS `spanhouse.system_tables`
### an alias without a filter => [["3"]]
SELECT count() FROM otel_traces AS numbers
### a column called ProjectId => [["3"]]
SELECT count() FROM (SELECT 'zebra' AS ProjectId, * EXCEPT ProjectId FROM otel_traces)
### an alias that shadows the filtered column => [["0"]]
SELECT count() FROM (SELECT 'acme' AS ProjectId, ServiceName FROM otel_traces) WHERE ServiceName LIKE '%zebra%'
### ProjectId redefined beside the table => own
SELECT 'zebra' AS ProjectId, count() FROM otel_traces
### ProjectId redefined in WITH => own
WITH 'acme' AS ProjectId SELECT count(), any(ServiceName) FROM otel_traces
### ProjectId replaced => own
SELECT * REPLACE ('acme' AS ProjectId) FROM otel_traces
### ProjectId as a lambda's argument => own
SELECT arrayMap(ProjectId -> ProjectId, [ServiceName]) FROM otel_traces
### ARRAY JOIN as ProjectId => own
SELECT ServiceName FROM otel_traces ARRAY JOIN ['acme', 'zebra'] AS ProjectId
### subquery => [["3"]]
SELECT count() FROM (SELECT * FROM otel_traces)
### subquery of a subquery => [["3"]]
SELECT count() FROM (SELECT * FROM (SELECT * FROM (SELECT * FROM otel_traces)))
### scalar subquery => [["3"]]
SELECT (SELECT count() FROM otel_traces)
### scalar subquery of the other project => own
SELECT (SELECT any(ServiceName) FROM otel_traces WHERE ProjectId = 'zebra')
### IN a subquery => [[0]]
SELECT 'zebra-service' IN (SELECT ServiceName FROM otel_traces)
### NOT IN a subquery => [[1]]
SELECT 'zebra-service' NOT IN (SELECT ServiceName FROM otel_traces)
### GLOBAL IN => [[0]]
SELECT 'zebra-service' GLOBAL IN (SELECT ServiceName FROM otel_traces)
### a tuple IN => [["0"]]
SELECT count() FROM otel_logs WHERE (TraceId, SpanId) IN (SELECT TraceId, SpanId FROM otel_traces WHERE ProjectId = 'zebra')
### IN a table => refused
SELECT 'x' IN inbox_traces
### IN a table of system => refused
SELECT 'x' IN system.users
### IN a quoted table of system => refused
SELECT 'x' IN `system`.`users`
### IN information_schema => refused
SELECT 'x' IN information_schema.tables
### IN a table of another database => refused
SELECT 'x' IN other.secrets
### GLOBAL NOT IN a table => refused
SELECT 1 GLOBAL NOT IN system.one_more
### nullIn a table => refused
SELECT nullIn(1, system.processes)
### the function in => refused
SELECT in('x', system.users)
### the function notIn, in capitals => refused
SELECT notIn('x', schema_migrations)
### IN a table by parameter => refused
? {"t": "system.users"}
SELECT 'x' IN {t:Identifier}
### IN a private table under an alias of that name => refused
SELECT 1 AS inbox_traces, 'x' IN inbox_traces
### EXISTS => [[0]]
SELECT EXISTS (SELECT 1 FROM otel_traces WHERE ProjectId = 'zebra')
### ANY => [["0"]]
SELECT count() FROM otel_logs WHERE TraceId = ANY (SELECT TraceId FROM otel_traces WHERE ProjectId = 'zebra')
### a correlated subquery => own
SELECT ServiceName, (SELECT count() FROM otel_traces AS i WHERE i.ServiceName = o.ServiceName) FROM otel_traces AS o
### UNION ALL => [["3"], ["3"]]
SELECT count() FROM otel_traces UNION ALL SELECT count() FROM otel_traces
### UNION DISTINCT => own
SELECT ServiceName FROM otel_traces UNION DISTINCT SELECT ServiceName FROM otel_traces WHERE ProjectId = 'zebra'
### EXCEPT => own
SELECT ServiceName FROM otel_traces EXCEPT SELECT 'acme-service'
### INTERSECT => [["0"]]
SELECT count() FROM (SELECT ServiceName FROM otel_traces INTERSECT SELECT 'zebra-service')
### UNION with a private table => refused
SELECT 1 UNION ALL SELECT count() FROM inbox_traces
### UNION in parentheses with system => refused
(SELECT 'a') UNION ALL (SELECT name FROM system.users)
### join => [["0"]]
SELECT count() FROM otel_traces AS a JOIN otel_traces AS b ON a.SpanKind = b.SpanKind WHERE b.ProjectId = 'zebra'
### left join => own
SELECT a.ServiceName, b.ServiceName, b.ProjectId FROM otel_traces AS a LEFT JOIN otel_traces AS b ON a.SpanKind = b.SpanKind AND b.ProjectId = 'zebra'
### right join => own
SELECT b.ServiceName FROM (SELECT 'x' AS ServiceName) AS a RIGHT JOIN otel_traces AS b USING (ServiceName)
### full join => own
SELECT * FROM (SELECT 'x' AS ServiceName) AS a FULL JOIN otel_traces AS b USING (ServiceName)
### cross join => [["9"]]
SELECT count() FROM otel_traces AS a CROSS JOIN otel_traces AS b
### comma join => [["0"]]
SELECT count() FROM otel_traces AS a, otel_logs AS b WHERE b.ProjectId = 'zebra'
### semi join => own
SELECT * FROM otel_logs AS l LEFT SEMI JOIN otel_traces AS t ON l.SeverityNumber = l.SeverityNumber AND l.ServiceName = t.ServiceName
### asof join => own
SELECT b.ServiceName FROM otel_traces AS a ASOF JOIN otel_traces AS b ON a.SpanKind = b.SpanKind AND a.Timestamp <= b.Timestamp
### paste join => own
SELECT * FROM (SELECT ServiceName FROM otel_traces ORDER BY ServiceName) AS a PASTE JOIN (SELECT Body FROM otel_logs) AS b
### global join => own
SELECT * FROM otel_traces AS a GLOBAL LEFT JOIN otel_logs AS b ON a.TraceId = b.TraceId
### join with a private table => refused
SELECT * FROM otel_traces JOIN schema_migrations ON 1
### join with system => refused
SELECT * FROM otel_traces CROSS JOIN system.processes
### a CTE => [["3"]]
WITH t AS (SELECT * FROM otel_traces) SELECT count() FROM t
### a CTE named as the table => [["3"]]
WITH otel_traces AS (SELECT * FROM spanhouse.otel_traces) SELECT count() FROM otel_traces
### a CTE named as a private table => refused
WITH inbox_traces AS (SELECT 1) SELECT * FROM inbox_traces
### a CTE out of its scope => refused
SELECT * FROM (WITH schema_migrations AS (SELECT 1) SELECT 1), (SELECT * FROM schema_migrations)
### a CTE with a dot in its name => refused
WITH `system.users` AS (SELECT 1) SELECT * FROM system.users
### a CTE with a dot, quoted where it is read => refused
WITH `system.users` AS (SELECT 1) SELECT * FROM `system.users`
### a CTE with a newline in its name => refused
WITH `a\nTableIdentifier system.users` AS (SELECT 1) SELECT 1
### a CTE that reads system => refused
WITH t AS (SELECT * FROM system.tables_of_others) SELECT 1
### a recursive CTE over system => refused
WITH RECURSIVE t AS (SELECT name FROM system.users UNION ALL SELECT name FROM t) SELECT * FROM t
### a recursive CTE without an end => invalid
WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT sum(n) FROM t
### an alias of an expression named as a private table => own
SELECT 1 AS inbox_traces
### a lambda with a subquery => refused
SELECT arrayMap(x -> (SELECT any(name) FROM system.users), [1])
### APPLY with a refused function => refused
SELECT * APPLY(file) FROM otel_traces
### APPLY with a lambda => refused
SELECT * APPLY(x -> file('/etc/passwd')) FROM otel_traces
### APPLY with a subquery => refused
SELECT COLUMNS('Span') APPLY(x -> (SELECT any(name) FROM system.users)) FROM otel_traces
### INTERPOLATE with a refused function => refused
SELECT number AS n, '' AS v FROM numbers(2) ORDER BY n WITH FILL INTERPOLATE (v AS file('/etc/passwd'))
### WITH FILL from a subquery => refused
SELECT number AS n FROM numbers(2) ORDER BY n WITH FILL TO (SELECT count() FROM system.users)
### a window with a refused function => refused
SELECT sum(number) OVER w FROM numbers(3) WINDOW w AS (PARTITION BY hostName())
### LIMIT from system => refused
SELECT 1 LIMIT (SELECT count() FROM system.users)
### GROUP BY a refused function => refused
SELECT count() FROM otel_traces GROUP BY hostName()
### ORDER BY a refused function => refused
SELECT 1 ORDER BY getMacro('shard')
### HAVING a refused function => refused
SELECT count() FROM otel_traces HAVING sleep(1)
### QUALIFY a refused function => refused
SELECT 1 QUALIFY sleep(1) = 0
### PREWHERE a refused function => refused
SELECT 1 FROM otel_traces PREWHERE sleep(1) = 0
### ON a refused function => refused
SELECT 1 FROM otel_traces AS a JOIN otel_logs AS b ON sleep(3) = 0 AND a.TraceId = b.TraceId
### LIMIT BY a refused function => refused
SELECT 1 FROM otel_traces LIMIT 1 BY file('x')
### a parameter of an aggregate => refused
SELECT quantile((SELECT 1 FROM system.users))(1)
### FILTER with a refused function => refused
SELECT count() FILTER (WHERE sleep(1) = 0) FROM otel_traces
### a default expression of a table function => refused
SELECT * FROM numbers((SELECT count() FROM system.users))
### an expression that calls a table function => refused
SELECT * FROM values('a String', (file('/etc/passwd')))
### PREWHERE => [["0"]]
SELECT count() FROM otel_traces PREWHERE ServiceName = 'zebra-service'
### PREWHERE always true => [["3"]]
SELECT count() FROM otel_traces PREWHERE 1
### PREWHERE on the project => [["0"]]
SELECT count() FROM otel_traces PREWHERE ProjectId = 'zebra'
### FINAL => own
SELECT * FROM trace_summaries FINAL
### FINAL by a setting => own
SELECT * FROM trace_summaries SETTINGS final = 1
### SAMPLE => invalid
SELECT count() FROM otel_traces SAMPLE 1/10
### the trivial count => [["3"]]
SELECT count(*) FROM otel_traces
### count of a constant => [["3"]]
SELECT count(1), FROM otel_traces
### the trivial count of a join's side => [["3"]]
SELECT count() FROM (SELECT 1 FROM otel_traces)
### minimum and maximum from the index => own
SELECT min(Timestamp), max(Timestamp), min(ProjectId), max(ProjectId) FROM otel_traces
### minimum of the partition => own
SELECT min(toStartOfFiveMinutes(Timestamp)), max(toStartOfFiveMinutes(Timestamp)) FROM otel_traces
### the parts there are => own
SELECT DISTINCT _part, _partition_id, _table, _database FROM otel_traces
### rows by part => [["3"]]
SELECT count() FROM otel_traces WHERE _part != '' AND _part_offset >= 0
### the partition of the other project => [["0"]]
SELECT count() FROM otel_traces WHERE _partition_id LIKE '2031%'
### by a virtual column alone => own
SELECT _part, count() FROM otel_traces GROUP BY _part
### DISTINCT of the key => [["acme"]]
SELECT DISTINCT ProjectId FROM otel_traces ORDER BY ProjectId LIMIT 100
### top by the key in order => own
SELECT ProjectId, ServiceName FROM otel_traces ORDER BY ProjectId DESC LIMIT 1
### in order of the key, reversed => own
SELECT Timestamp, ServiceName FROM otel_traces ORDER BY Timestamp DESC LIMIT 5
### any of everything => own
SELECT any(SpanAttributes), any(ResourceAttributes), any(TraceId), anyLast(ServiceName) FROM otel_traces
### groupArray of everything => own
SELECT groupArray(tuple(*)) FROM otel_traces
### the text index => [["0"]]
SELECT count() FROM otel_traces WHERE has(SpanAttributeItems, 'secret=zebra-secret')
### the text index, negated => [["3"]]
SELECT count() FROM otel_traces WHERE NOT has(SpanAttributeItems, 'secret=zebra-secret')
### the bloom filter => [["0"]]
SELECT count() FROM otel_traces WHERE TraceId = '0000000000000000000000000000007e'
### text in logs => [["0"]]
SELECT count() FROM otel_logs WHERE lower(Body) LIKE '%zebra%' OR hasToken(lower(Body), 'zebra')
### every table: logs => own
SELECT * FROM otel_logs
### every table: gauges => own
SELECT * FROM otel_metrics_gauge
### every table: sums => own
SELECT * FROM otel_metrics_sum
### every table: histograms => own
SELECT * FROM otel_metrics_histogram
### every table: summaries of traces => own
SELECT * FROM trace_summaries
### every table: bounds of traces => own
SELECT * FROM otel_traces_trace_id_ts
### every table: operations => own
SELECT * FROM span_operations
### every table: values of attributes => own
SELECT * FROM attribute_values
### every table: the ledger => own
SELECT * FROM ingest_ledger
### every table: annotations => own
SELECT * FROM annotations
### annotations of the other project => [["1", ["acme-score"]]]
SELECT count(), groupArray(Name) FROM annotations WHERE ProjectId != '' OR 1
### what the annotations are made of => refused
SELECT * FROM state_events
### documents => refused
SELECT * FROM documents
### the inbox => refused
SELECT * FROM inbox_traces
### the inbox of metrics => refused
SELECT * FROM spanhouse.inbox_metrics
### the migrations => refused
SELECT * FROM schema_migrations
### a materialized view => refused
SELECT * FROM trace_summaries_mv
### a materialized view, qualified => refused
SELECT * FROM spanhouse.otel_logs_mv
### our views of system by their own names => own
SELECT * FROM spanhouse.system_tables
### system.users => refused
SELECT * FROM system.users
### system.processes => refused
SELECT query FROM system.processes
### system.query_log => refused
SELECT query FROM system.query_log
### system.parts => refused
SELECT * FROM system.parts
### system.parts in capitals => refused
SELECT * FROM SYSTEM.PARTS
### system.tables tells no counts => own
SELECT total_rows, total_bytes, data_paths, metadata_path FROM system.tables
### system.tables tells of no others => [["0"]]
SELECT count() FROM system.tables WHERE name LIKE 'inbox%' OR name LIKE 'schema%' OR database != 'spanhouse'
### system.columns tells of no others => [["0"]]
SELECT count() FROM system.columns WHERE table LIKE 'inbox%' OR data_compressed_bytes > 0
### system.databases tells of no others => [["spanhouse"]]
SELECT name FROM system.databases
### system.settings tells no filter => [["0"]]
SELECT count() FROM system.settings WHERE name = 'additional_table_filters'
### system.settings with every value => own
SELECT * FROM system.settings
### a column of system.tables that ours has not => invalid
SELECT storage_policy FROM system.tables
### system.disks => refused
SELECT path FROM system.disks
### system.macros => refused
SELECT * FROM system.macros
### system.clusters => refused
SELECT host_name FROM system.clusters
### system.dictionaries => refused
SELECT * FROM system.dictionaries
### system.named_collections => refused
SELECT * FROM system.named_collections
### system.server_settings => refused
SELECT * FROM system.server_settings
### system.stack_trace => refused
SELECT * FROM system.stack_trace
### system.row_policies => refused
SELECT * FROM system.row_policies
### system.grants => refused
SELECT * FROM system.grants
### system.query_cache => refused
SELECT * FROM system.query_cache
### system.data_skipping_indices => refused
SELECT * FROM system.data_skipping_indices
### system.completions => refused
SELECT * FROM system.completions
### information_schema => refused
SELECT * FROM information_schema.tables
### INFORMATION_SCHEMA => refused
SELECT * FROM INFORMATION_SCHEMA.COLUMNS
### the default database => refused
SELECT * FROM default.otel_traces
### a database made of a parameter => refused
? {"db": "system"}
SELECT * FROM {db:Identifier}.users
### a table made of a parameter => refused
? {"t": "users"}
SELECT * FROM system.{t:Identifier}
### a whole name as a parameter => refused
? {"t": "system.users"}
SELECT * FROM {t:Identifier}
### a private table as a parameter => refused
? {"t": "inbox_traces"}
SELECT * FROM {t:Identifier}
### a name with quotes as a parameter => refused
? {"t": "otel_traces` UNION ALL SELECT name FROM system.`users"}
SELECT * FROM {t:Identifier}
### a name with a comment as a parameter => refused
? {"t": "otel_traces -- "}
SELECT * FROM {t:Identifier} WHERE 1
### a query as a name => refused
? {"t": "(SELECT * FROM system.users)"}
SELECT * FROM {t:Identifier}
### text that ends its quotes => [["' OR 1=1 --"]]
? {"s": "' OR 1=1 --"}
SELECT {s:String} AS s
### text that ends its quotes by a backslash => [["\\' OR 1=1 --"]]
? {"s": "\\' OR 1=1 --"}
SELECT {s:String} AS s
### a driver's placeholder in a literal => [["%(x)s"]]
? {"x": "' UNION ALL SELECT name FROM system.users --"}
SELECT '%(x)s' AS s
### a driver's placeholder beside a parameter => [["%(x)s", "1"]]
? {"x": "' UNION ALL SELECT 1", "n": "1"}
SELECT '%(x)s' AS s, {n:String} AS n
### a driver's binary placeholder => [["$x$"]]
? {"$x$": "' UNION ALL SELECT name FROM system.users --"}
SELECT '$x$' AS s
### a parameter's value that calls => invalid
? {"a": "[file('/etc/passwd')]"}
SELECT {a:Array(String)} AS a
### a map that calls => invalid
? {"m": "{'a': __import__('os')}"}
SELECT {m:Map(String, String)} AS m
### a type that is not one => invalid
? {"x": "1"}
SELECT {x:file} AS x
### a parameter without a value => invalid
SELECT {x:String}
### two statements => invalid
SELECT 1; SELECT 2
### two statements, the second writes => invalid
SELECT 1; DROP TABLE otel_traces
### a second statement in a comment's shadow => invalid
SELECT 1 -- \n; SELECT
; DROP TABLE otel_traces
### a second statement after a heredoc => invalid
SELECT $$ $$; DROP TABLE otel_traces
### a comment that is not closed => invalid
SELECT 1 /* ; DROP TABLE otel_traces
### a quote that is not closed => invalid
SELECT 'x; DROP TABLE otel_traces
### a NUL byte => own
? {"s": "\u0000"}
SELECT {s:String} AS s
### a comment at the end swallows nothing => [["3"]]
SELECT count() FROM otel_traces --
### a comment before what is appended => invalid
SELECT count() FROM otel_traces /* FORMAT
### that comment, closed => [["3"]]
SELECT count() FROM otel_traces /* FORMAT */
### PARALLEL WITH => refused
SELECT 1 PARALLEL WITH SELECT 2
### INSERT => refused
INSERT INTO otel_traces (TraceId) VALUES ('x')
### INSERT SELECT => refused
INSERT INTO otel_traces SELECT * FROM otel_traces
### INSERT into a file => refused
INSERT INTO FUNCTION file('x.csv') SELECT * FROM otel_traces
### CREATE TABLE => refused
CREATE TABLE x (a Int8) ENGINE = Memory
### CREATE TABLE AS => refused
CREATE TABLE x ENGINE = Memory AS SELECT * FROM otel_traces
### CREATE TEMPORARY TABLE => refused
CREATE TEMPORARY TABLE x (a Int8)
### CREATE VIEW => refused
CREATE VIEW v AS SELECT * FROM otel_traces
### CREATE FUNCTION => refused
CREATE FUNCTION f AS x -> x
### CREATE ROW POLICY => refused
CREATE ROW POLICY p ON otel_traces USING 1 TO ALL
### CREATE USER => refused
CREATE USER eve
### GRANT => refused
GRANT ALL ON *.* TO default
### DROP TABLE => refused
DROP TABLE otel_traces
### TRUNCATE => refused
TRUNCATE TABLE otel_traces
### ALTER TABLE => refused
ALTER TABLE otel_traces DELETE WHERE 1
### ALTER TABLE UPDATE => refused
ALTER TABLE otel_traces UPDATE ProjectId = 'acme' WHERE 1
### DELETE => refused
DELETE FROM otel_traces WHERE 1
### UPDATE => refused
UPDATE otel_traces SET ProjectId = 'acme' WHERE 1
### RENAME => refused
RENAME TABLE otel_traces TO x
### ATTACH => refused
ATTACH TABLE x
### DETACH => refused
DETACH TABLE otel_traces
### OPTIMIZE => refused
OPTIMIZE TABLE otel_traces FINAL
### KILL QUERY => refused
KILL QUERY WHERE 1
### SYSTEM => refused
SYSTEM FLUSH LOGS
### SYSTEM STOP MERGES => refused
SYSTEM STOP MERGES
### SET => refused
SET additional_table_filters = {}
### SET readonly => refused
SET readonly = 0
### SET ROLE => refused
SET ROLE ALL
### USE => refused
USE system
### BACKUP => refused
BACKUP TABLE otel_traces TO Disk('x', 'y')
### CHECK TABLE => refused
CHECK TABLE otel_traces
### EXECUTE AS => refused
EXECUTE AS default SELECT 1
### BEGIN TRANSACTION => refused
BEGIN TRANSACTION
### SHOW PROCESSLIST => refused
SHOW PROCESSLIST
### SHOW GRANTS => refused
SHOW GRANTS
### SHOW USERS => refused
SHOW USERS
### SHOW SETTINGS => refused
SHOW SETTINGS LIKE 'additional%'
### SHOW CLUSTERS => refused
SHOW CLUSTERS
### SHOW DICTIONARIES => refused
SHOW DICTIONARIES
### SHOW FUNCTIONS => refused
SHOW FUNCTIONS
### SHOW INDEX => refused
SHOW INDEX FROM otel_traces
### SHOW TABLES of system => []
SHOW TABLES FROM system
### SHOW TABLES with a condition => refused
SHOW TABLES WHERE file('x') = ''
### SHOW TABLES with a quote in LIKE => []
SHOW TABLES LIKE 'x\' OR 1 = 1 --'
### SHOW TABLES hides the inbox => []
SHOW TABLES LIKE 'inbox%'
### SHOW CREATE a private table => refused
SHOW CREATE TABLE inbox_traces
### SHOW CREATE of system => refused
SHOW CREATE TABLE system.users
### SHOW CREATE DATABASE => refused
SHOW CREATE DATABASE spanhouse
### DESCRIBE a private table => refused
DESCRIBE TABLE schema_migrations
### DESCRIBE of system => refused
DESCRIBE TABLE system.users
### DESCRIBE a table function => refused
DESCRIBE TABLE file('x.csv')
### DESCRIBE url => refused
DESCRIBE url('http://127.0.0.1:1/x.csv')
### DESCRIBE a query of a table function => refused
DESCRIBE TABLE (SELECT * FROM url('http://127.0.0.1:1/x.csv'))
### DESCRIBE a query, and more => refused
DESCRIBE TABLE (SELECT 1) SETTINGS max_threads = 1
### EXISTS a private table => [[0]]
EXISTS TABLE inbox_traces
### EXISTS of system => [[0]]
EXISTS TABLE system.users
### EXISTS DATABASE => refused
EXISTS DATABASE system
### EXISTS DICTIONARY => refused
EXISTS DICTIONARY x
### EXPLAIN ESTIMATE counts all rows => refused
EXPLAIN ESTIMATE SELECT * FROM otel_traces
### EXPLAIN with indexes counts all granules => refused
EXPLAIN indexes = 1 SELECT * FROM otel_traces
### EXPLAIN projections => refused
EXPLAIN projections = 1 SELECT * FROM otel_traces
### EXPLAIN a private table => refused
EXPLAIN SELECT * FROM inbox_traces
### EXPLAIN runs a scalar subquery => refused
EXPLAIN SELECT (SELECT file('/etc/passwd'))
### EXPLAIN QUERY TREE folds a constant => refused
EXPLAIN QUERY TREE SELECT hostName()
### EXPLAIN CURRENT TRANSACTION => refused
EXPLAIN CURRENT TRANSACTION
### EXPLAIN TABLE OVERRIDE => refused
EXPLAIN TABLE OVERRIDE mysql('127.0.0.1:1', 'a', 'b', 'c', 'd') PARTITION BY toYYYYMM(x)
### EXPLAIN an INSERT => refused
EXPLAIN INSERT INTO otel_traces SELECT * FROM otel_traces
### a query over EXPLAIN => refused
SELECT * FROM (EXPLAIN ESTIMATE SELECT * FROM otel_traces)
### viewExplain => refused
SELECT * FROM viewExplain('EXPLAIN ESTIMATE', '', (SELECT * FROM otel_traces))
### EXPLAIN settings in the text => invalid
graph = 1 SELECT 1
### INTO OUTFILE => refused
SELECT * FROM otel_traces INTO OUTFILE '/tmp/x.csv'
### INTO OUTFILE with a format => refused
SELECT 1 INTO OUTFILE '/tmp/x.csv' TRUNCATE FORMAT CSV
### INTO OUTFILE and stdout => refused
SELECT 1 INTO OUTFILE '/tmp/x.csv' AND STDOUT
### EXPLAIN INTO OUTFILE => refused
EXPLAIN SELECT 1 INTO OUTFILE '/tmp/x.csv'
### SHOW TABLES INTO OUTFILE => refused
SHOW TABLES INTO OUTFILE '/tmp/x.csv'
### DESCRIBE INTO OUTFILE => refused
DESCRIBE TABLE otel_traces INTO OUTFILE '/tmp/x.csv'
### a format with a schema file => refused
SELECT 1 FORMAT Protobuf
### a format with a template file => refused
SELECT 1 FORMAT Template
### a format that is another protocol's => refused
SELECT 1 FORMAT MySQLWire
### CapnProto => refused
SELECT 1 FORMAT CapnProto SETTINGS format_schema = '/etc/passwd:x'
### SETTINGS lift the filter => refused
SELECT count() FROM otel_traces SETTINGS additional_table_filters = {}
### SETTINGS lift the filter, after FORMAT => refused
SELECT count() FROM otel_traces FORMAT JSON SETTINGS additional_table_filters = {}
### SETTINGS lift the filter in a subquery => refused
SELECT * FROM (SELECT count() FROM otel_traces SETTINGS additional_table_filters = {})
### SETTINGS lift the filter in one part of a UNION => refused
SELECT count() FROM otel_traces SETTINGS additional_table_filters = {} UNION ALL SELECT 1
### SETTINGS lift the filter in IN => refused
SELECT 1 IN (SELECT 1 FROM otel_traces SETTINGS additional_table_filters = {'x': '1'})
### SETTINGS readonly => refused
SELECT 1 SETTINGS readonly = 0
### SETTINGS with two values of one name => refused
SELECT 1 SETTINGS max_threads = 1, additional_table_filters = {}, max_threads = 2
### SETTINGS to default => refused
SELECT 1 SETTINGS additional_table_filters = DEFAULT
### SETTINGS of a parameter => refused
SELECT {x:String} SETTINGS param_x = 'y'
### SETTINGS profile => refused
SELECT 1 SETTINGS profile = 'default'
### SETTINGS log_comment => refused
SELECT 1 SETTINGS log_comment = 'someone else'
### the old analyzer => refused
SELECT count() FROM otel_traces SETTINGS enable_analyzer = 0
### the old analyzer, by its old name => refused
SELECT count() FROM otel_traces SETTINGS allow_experimental_analyzer = 0
### SETTINGS additional_result_filter => refused
SELECT 1 SETTINGS additional_result_filter = '1'
### the query cache => refused
SELECT * FROM otel_traces SETTINGS use_query_cache = 1
### another dialect => refused
SELECT 1 SETTINGS dialect = 'prql'
### a JSON tree as the query => refused
SELECT 1 SETTINGS dialect = 'clickhouse_json', enable_json_ast_dialect = 1
### more memory than is allowed => [[1]]
SELECT 1 SETTINGS max_memory_usage = 999999999999, max_execution_time = 0, max_result_rows = 0
### unlimited time by a setting => refused
SELECT 1 SETTINGS max_estimated_execution_time = 0
### custom settings => refused
SELECT 1 SETTINGS SQL_project = 'zebra'
### a settings' file => refused
SELECT 1 SETTINGS format_schema = '/etc/passwd'
### parallel replicas => refused
SELECT count() FROM otel_traces SETTINGS enable_parallel_replicas = 1, cluster_for_parallel_replicas = 'default'
### the output format by a setting => refused
SELECT 1 SETTINGS output_format = 'Protobuf'
### merge() => refused
SELECT * FROM merge('spanhouse', 'otel_.*')
### merge() of this database => refused
SELECT count() FROM merge('otel_traces')
### merge() in capitals => refused
SELECT count() FROM MERGE('spanhouse', '.*')
### merge() in a subquery => refused
SELECT 1 WHERE 1 IN (SELECT count() FROM merge('spanhouse', '.*'))
### merge() joined => refused
SELECT * FROM otel_traces AS a LEFT JOIN merge('spanhouse', 'otel_logs') AS b ON a.TraceId = b.TraceId
### view() => refused
SELECT * FROM view(SELECT * FROM otel_traces)
### viewIfPermitted() => refused
SELECT * FROM viewIfPermitted(SELECT * FROM otel_traces ELSE null('x Int8'))
### loop() => refused
SELECT * FROM loop(otel_traces) LIMIT 5
### remote() => refused
SELECT * FROM remote('127.0.0.1', spanhouse, otel_traces)
### remote() of a table function => refused
SELECT * FROM remote('127.0.0.1', merge('spanhouse', '.*'))
### cluster() => refused
SELECT * FROM cluster('default', spanhouse.otel_traces)
### clusterAllReplicas() => refused
SELECT * FROM clusterAllReplicas('default', system.one)
### mergeTreeIndex() => refused
SELECT * FROM mergeTreeIndex('spanhouse', 'otel_traces')
### mergeTreeProjection() => refused
SELECT * FROM mergeTreeProjection('spanhouse', 'otel_traces', 'p')
### mergeTreeTextIndex() => refused
SELECT * FROM mergeTreeTextIndex('spanhouse', 'otel_traces', 'idx_span_attribute_items')
### file() => refused
SELECT * FROM file('/etc/passwd', 'LineAsString')
### filesystem() => refused
SELECT * FROM filesystem('/etc')
### url() => refused
SELECT * FROM url('http://127.0.0.1:1/', 'CSV')
### url() to the metadata of a cloud => refused
SELECT * FROM url('http://169.254.169.254/latest/meta-data/', 'LineAsString')
### s3() => refused
SELECT * FROM s3('https://x/y.csv')
### executable() => refused
SELECT * FROM executable('x.sh', 'CSV', 'a String')
### python() => refused
SELECT * FROM python('x')
### eval() => refused
SELECT * FROM eval('SELECT 1')
### sqlite() => refused
SELECT * FROM sqlite('/tmp/x.db', 't')
### mysql() => refused
SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')
### postgresql() => refused
SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')
### dictionary() => refused
SELECT * FROM dictionary('x')
### input() => refused
SELECT * FROM input('a String')
### format() as a table => refused
SELECT * FROM format(CSV, '1,2')
### generateRandom() => refused
SELECT * FROM generateRandom('a Array(String)', 1, 10000, 10000) LIMIT 10
### fuzzQuery() => refused
SELECT * FROM fuzzQuery('SELECT 1')
### null() as a table => refused
SELECT * FROM null('a String')
### the function file() => refused
SELECT file('/etc/passwd')
### file() with other letters => refused
SELECT FILE('/etc/passwd')
### file() under an alias => refused
SELECT file('/etc/passwd') AS count
### file() in an array => refused
SELECT [file('/etc/passwd')]
### hostName() => refused
SELECT hostName()
### FQDN() => refused
SELECT FQDN()
### getSetting() => refused
SELECT getSetting('additional_table_filters')
### a session variable => refused
SELECT @@hostname
### getServerSetting() => refused
SELECT getServerSetting('max_connections')
### getServerPort() => refused
SELECT getServerPort('tcp_port')
### getMacro() => refused
SELECT getMacro('shard')
### getOSKernelVersion() => refused
SELECT getOSKernelVersion()
### filesystemAvailable() => refused
SELECT filesystemAvailable()
### filesystemCapacity() => refused
SELECT filesystemCapacity('default')
### serverUUID() => refused
SELECT serverUUID()
### uptime() => refused
SELECT uptime()
### showCertificate() => refused
SELECT showCertificate()
### getClientHTTPHeader() => refused
SELECT getClientHTTPHeader('Authorization')
### sleep() => refused
SELECT sleep(3)
### sleepEachRow() => refused
SELECT sleepEachRow(1) FROM numbers(100)
### dictGet() => refused
SELECT dictGet('x', 'y', 1)
### joinGet() => refused
SELECT joinGet('x', 'y', 1)
### hasColumnInTable() => refused
SELECT hasColumnInTable('system', 'users', 'name')
### evalMLMethod() => refused
SELECT evalMLMethod(1, 2)
### catboostEvaluate() => refused
SELECT catboostEvaluate('/etc/passwd', 1)
### naiveBayesClassifier() => refused
SELECT naiveBayesClassifier('x', 'y')
### demangle() => refused
SELECT demangle('x')
### addressToLine() => refused
SELECT addressToLine(1)
### logTrace() => refused
SELECT logTrace('x')
### formatRow() with a schema => refused
SELECT formatRow('Protobuf', 1)
### the model that writes SQL => refused
SELECT aiGenerate('x')
### a function of the engine in Python => refused
SELECT chdb('SELECT 1')
### our own functions => refused
SELECT spanhouse_text('x')
### internal functions => refused
SELECT __actionName(1, 'x')
### a refused function with a combinator's name => refused
SELECT fileIf('/etc/passwd', 1)
### a refused function with many suffixes => refused
SELECT sleepStateIfMerge(1)
### currentUser() tells the project alone => [["acme"]]
SELECT currentUser() AS u
### user() in other letters => [["acme"]]
SELECT USER() AS u
### authenticatedUser() => refused
SELECT authenticatedUser()
### currentProfiles() => refused
SELECT currentProfiles()
### queryID() => refused
SELECT queryID()
### a name in arrayReduce => refused
SELECT arrayReduce('file', ['/etc/passwd'])
### a name in initializeAggregation => refused
SELECT initializeAggregation('sleep', 1)
### an aggregate function that writes formats, by name => refused
SELECT arrayReduce('groupFormat(\'Protobuf\')', [1])
### a name that is no literal => refused
SELECT arrayReduce(concat('agg', 'Throw(0.5)'), [1])
### an aggregate function that writes formats => refused
SELECT groupFormat('Protobuf')(1)
### an alias of a subquery like the filter's key => refused
SELECT * FROM (SELECT * FROM otel_traces) AS `spanhouse.otel_logs`
### a million-fold array => invalid
SELECT range(100000000000)
### repeat without an end => invalid
SELECT repeat('zzzz', 100000000000)
### a cross join without an end => invalid
SELECT count() FROM numbers(1000000) AS a CROSS JOIN numbers(1000000) AS b LIMIT 1 SETTINGS max_execution_time = 0.2
### more rows than may be read => invalid
SELECT count() FROM numbers(1000000000000) WHERE number % 3 = 1 SETTINGS max_rows_to_read = 1000000
### a deep nest => invalid
SELECT ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) FROM numbers(9999999999999)
### text that is not UTF-8 in a literal => refused
SELECT '\xff\xfe'
### a tree that looks like a statement => [["{\"type\": \"ShowTablesQuery\"}"]]
SELECT '{"type": "ShowTablesQuery"}' AS s
### a name with line breaks => own
SELECT 1 AS `x\n TableIdentifier otel_traces\n Function file`
### a name with a backquote => own
SELECT 1 AS `x``y`, 2 AS "a""b"
### a positional argument => own
SELECT ServiceName, count() FROM otel_traces GROUP BY 1
### a column's name is a query's => invalid
SELECT `(SELECT name FROM system.users)` FROM otel_traces
### a subcolumn that is none => invalid
SELECT ServiceName.system.users FROM otel_traces
### getSubcolumn => own
SELECT getSubcolumn(SpanAttributes, 'keys') FROM otel_traces
### TABLE as a statement => invalid
TABLE otel_traces
### an empty query => invalid

### only a comment => invalid
-- nothing
### a state of bytes, by CAST => refused
SELECT finalizeAggregation(CAST(unhex('01'), 'AggregateFunction(sum, UInt64)'))
### a state of bytes, by ::  => refused
SELECT finalizeAggregation('x'::AggregateFunction(groupArray, String))
### a state of bytes, its type computed => refused
SELECT finalizeAggregation(CAST(unhex('01'), concat('Aggregate', 'Function(sum, UInt64)')))
### a state of bytes inside of a type => refused
SELECT CAST('[]', 'Array(SimpleAggregateFunction(sum, UInt64))')
### a state of bytes, by accurateCast => refused
SELECT accurateCastOrNull('x', 'AggregateFunction(sum, UInt64)')
### a state of bytes in values => refused
SELECT * FROM values('a AggregateFunction(sum, UInt64)', 'x')
### a state of bytes in values, computed => refused
SELECT * FROM values(concat('a Aggregate', 'Function(sum, UInt64)'), 'x')
