-- Small things that people save, as their last events by (Timestamp, ReceivedAt) left them; deleted ones too, since their time counts.
CREATE OR REPLACE VIEW documents ${on_cluster} AS
SELECT ProjectId, Kind, EntityId AS DocumentId,
    argMax(EventName = 'spanhouse.document.delete', At) AS IsDeleted,
    argMax(LogAttributes['spanhouse.document.name'], At) AS Name,
    argMax(Body, At) AS Body,
    max(Timestamp) AS Updated
FROM
(
    SELECT *, (Timestamp, ReceivedAt, LogAttributes['log.record.uid']) AS At
    FROM state_events
    WHERE TraceId = '' AND (EventName = 'spanhouse.document.delete' OR (EventName = 'spanhouse.document.put' AND JSONType(Body) = 'Object'))
)
GROUP BY ProjectId, Kind, EntityId
