-- Spans of any of the sets, each once, in traces that the conditions hold of.
SELECT DISTINCT *
FROM (
${sets}
)
WHERE ${traces}
