-- How many rows match in all.
SELECT count() AS Total
FROM (
${rows}
)
