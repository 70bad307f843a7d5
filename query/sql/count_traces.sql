-- How many traces a list holds in all, for a page that came out empty.
SELECT count() AS Total
FROM
(
    ${found_traces}
)
