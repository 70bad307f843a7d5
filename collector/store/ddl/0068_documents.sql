-- Small things that people save, as their last events by (Timestamp, ReceivedAt) left them; deleted ones too, since their time counts.
CREATE OR REPLACE VIEW documents ${on_cluster} AS
SELECT ProjectId, Kind, DocumentId, last.1 AS IsDeleted, last.2 AS Name, last.3 AS Body, Updated
FROM
(
    SELECT ProjectId, LogAttributes['spanhouse.document.kind'] AS Kind, LogAttributes['spanhouse.document.id'] AS DocumentId,
        argMax((EventName = 'spanhouse.document.delete', LogAttributes['spanhouse.document.name'], Body),
            (Timestamp, ReceivedAt, LogAttributes['log.record.uid'])) AS last,
        max(Timestamp) AS Updated
    FROM state_events
    WHERE TraceId = '' AND (EventName = 'spanhouse.document.delete' OR (EventName = 'spanhouse.document.put' AND JSONType(Body) = 'Object'))
    GROUP BY ProjectId, Kind, DocumentId
)
