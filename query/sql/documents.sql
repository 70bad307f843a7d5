-- The documents of a kind, or one of them, as their last events left them; deleted ones too, since their time counts.
SELECT DocumentId, IsDeleted, Name, Body, toUnixTimestamp64Nano(Timestamp) AS UpdatedNano
FROM
(
    SELECT *
    FROM documents
    WHERE ProjectId = {project:String} AND Kind = {kind:String} AND ({id:String} = '' OR DocumentId = {id:String})
    ORDER BY Timestamp DESC, ReceivedAt DESC, EventId DESC
    LIMIT 1 BY DocumentId
)
ORDER BY lowerUTF8(Name), DocumentId
