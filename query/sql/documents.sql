-- The documents of a kind, or one of them; deleted ones too, since their time counts.
SELECT DocumentId, IsDeleted, Name, Body, toUnixTimestamp64Nano(Updated) AS UpdatedNano
FROM documents
WHERE ProjectId = {project:String} AND Kind = {kind:String} AND ({id:String} = '' OR DocumentId = {id:String})
ORDER BY lowerUTF8(Name), DocumentId
