-- Traces that a condition holds of, over what of them began within a day of the window.
SELECT TraceId
FROM trace_summaries
WHERE ProjectId = {project:String}
    AND Bucket BETWEEN {first_slot:UInt32} - least({first_slot:UInt32}, 86400) AND {last_slot:UInt32} + 86400
GROUP BY TraceId
HAVING ${condition}
