-- Some 128 to 256 spans of an insert are looked at, whatever its size: all values of all spans would cost a
-- third of the insert. Values over 128 bytes are no help in a menu.
CREATE MATERIALIZED VIEW IF NOT EXISTS attribute_values_mv ${on_cluster} TO attribute_values AS
SELECT ProjectId, item.1 AS Source, item.2 AS Key, item.3 AS Type, item.4 AS Value, Day, count() AS SampledCount
FROM
(
    SELECT ProjectId, toDate(ReceivedAt) AS Day, arrayJoin(arrayConcat(
        arrayMap((k, v, t) -> ('span', k, t, v), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes),
        arrayMap((k, v, t) -> ('resource', k, t, v), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes))) AS item
    FROM otel_traces
    WHERE rowNumberInBlock() % (1 + intDiv(blockSize(), 128)) = 0
)
WHERE length(Value) <= 128
GROUP BY ProjectId, Source, Key, Type, Value, Day
