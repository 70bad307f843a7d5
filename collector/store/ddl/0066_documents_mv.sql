CREATE MATERIALIZED VIEW IF NOT EXISTS documents_mv ${on_cluster} TO documents AS
SELECT
    ProjectId,
    LogAttributes['spanhouse.document.kind'] AS Kind,
    LogAttributes['spanhouse.document.id'] AS DocumentId,
    Timestamp,
    ReceivedAt,
    LogAttributes['log.record.uid'] AS EventId,
    EventName = 'spanhouse.document.delete' AS IsDeleted,
    LogAttributes['spanhouse.document.name'] AS Name,
    if(IsDeleted, '', Body) AS Body
FROM otel_logs
WHERE EventName = 'spanhouse.document.delete' OR (EventName = 'spanhouse.document.put' AND JSONType(Body) = 'Object')
