-- Services of the window: what was asked of them from outside, which is a server's, a consumer's or a root span.
SELECT
    toValidUTF8(ServiceName) AS Service,
    countIf(SpanKind IN ('Server', 'Consumer') OR ParentSpanId = '') AS Requests,
    countIf((SpanKind IN ('Server', 'Consumer') OR ParentSpanId = '') AND StatusCode = 'Error') AS Errors,
    quantilesIf(0.5, 0.95)(Duration, SpanKind IN ('Server', 'Consumer') OR ParentSpanId = '') AS Quantiles,
    count() AS Spans,
    count() OVER () AS Total
FROM otel_traces
WHERE ${spans_of_window}
GROUP BY Service
ORDER BY Requests DESC, Spans DESC, Service
LIMIT {limit:UInt32}
