-- Calls to what sends no spans itself: a client's span without a server's below it, by what its attributes say of the other side.
SELECT Caller, Peer, Kind, count() AS Calls, countIf(IsError) AS Errors, quantiles(0.5, 0.95)(Duration) AS Quantiles,
    count() OVER () AS Total
FROM
(
    SELECT toValidUTF8(ServiceName) AS Caller, Duration, StatusCode = 'Error' AS IsError,
        firstNonDefault(SpanAttributes['db.system.name'], SpanAttributes['db.system']) AS Database,
        SpanAttributes['messaging.system'] AS Messaging,
        SpanAttributes['peer.service'] AS PeerService,
        firstNonDefault(SpanAttributes['server.address'], SpanAttributes['net.peer.name'], SpanAttributes['http.host']) AS Address,
        multiIf(Database != '', 'database', Messaging != '', 'messaging', GenAiProvider != '', 'gen_ai', 'external') AS Kind,
        toValidUTF8(multiIf(
            PeerService != '', PeerService,
            Database != '', trimRight(concat(Database, ' ', firstNonDefault(SpanAttributes['db.namespace'], SpanAttributes['db.name'], Address))),
            Messaging != '', trimRight(concat(Messaging, ' ', SpanAttributes['messaging.destination.name'])),
            GenAiProvider != '', GenAiProvider,
            Address)) AS Peer
    FROM otel_traces
    WHERE SpanKind IN ('Client', 'Producer')
        AND ${spans_of_window}
        AND sipHash64(TraceId, SpanId) NOT IN
        (
            SELECT sipHash64(TraceId, ParentSpanId)
            FROM otel_traces
            WHERE SpanKind IN ('Server', 'Consumer')
        AND ${spans_of_window}
        )
)
WHERE Peer != ''
GROUP BY Caller, Peer, Kind
ORDER BY Calls DESC, Caller, Peer, Kind
LIMIT {limit:UInt32}
