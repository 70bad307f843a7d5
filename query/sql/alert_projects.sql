-- Projects that have alerts.
SELECT DISTINCT ProjectId AS Project
FROM documents
WHERE Kind = 'alert' AND NOT IsDeleted
ORDER BY Project
