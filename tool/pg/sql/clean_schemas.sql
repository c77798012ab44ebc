-- Which schemas of $1 (a JSON list) are there?
SELECT nspname FROM pg_catalog.pg_namespace
WHERE nspname IN (SELECT pg_catalog.json_array_elements_text($1::json)) ORDER BY 1
