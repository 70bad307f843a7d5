-- Calls from service to service: a span whose parent, or whose link, is a span of another service. Ids are joined by their hash.
SELECT Caller, Callee, Kind, count() AS Calls, countIf(IsError) AS Errors, quantiles(0.5, 0.95)(Duration) AS Quantiles,
    count() OVER () AS Total
FROM
(
    SELECT toValidUTF8(caller.ServiceName) AS Caller, toValidUTF8(callee.ServiceName) AS Callee, callee.Kind AS Kind,
        callee.Duration AS Duration, callee.IsError AS IsError
    FROM
    (
        SELECT sipHash64(TraceId, SpanId) AS Id, ServiceName
        FROM otel_traces
        WHERE ProjectId = {project:String}
            -- A caller began before the one it called.
            AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_caller_slot:UInt32} AND {last_slot:UInt32}
            -- What is linked to may be of any trace.
            AND (xxHash32(TraceId) % {one_in:UInt32} = 0 OR SpanKind = 'Producer')
    ) AS caller
    INNER JOIN
    (
        SELECT sipHash64(TraceId, ParentSpanId) AS Id, ServiceName, Duration, StatusCode = 'Error' AS IsError,
            if(SpanKind = 'Consumer', 'messaging', 'call') AS Kind
        FROM otel_traces
        WHERE ParentSpanId != ''
        AND ${spans_of_window}
        UNION ALL
        SELECT sipHash64(LinkedTrace, LinkedSpan) AS Id, ServiceName, Duration, StatusCode = 'Error' AS IsError, 'messaging' AS Kind
        FROM otel_traces
        ARRAY JOIN Links.TraceId AS LinkedTrace, Links.SpanId AS LinkedSpan
        WHERE SpanKind = 'Consumer'
        AND (LinkedTrace, LinkedSpan) != (TraceId, ParentSpanId)
        AND ${spans_of_window}
    ) AS callee USING (Id)
    WHERE caller.ServiceName != callee.ServiceName
)
GROUP BY Caller, Callee, Kind
ORDER BY Calls DESC, Caller, Callee, Kind
LIMIT {limit:UInt32}
