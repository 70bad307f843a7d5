-- Metrics with points in the window. One name may be of several kinds.
SELECT *, count() OVER () AS Total
FROM
(
    ${kinds}
)
ORDER BY Name, Kind
LIMIT {limit:UInt32}
