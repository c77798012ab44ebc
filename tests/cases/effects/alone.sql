-- Statements that no transaction can hold, each with a relation that it has to wait for when somebody else holds it.
t: CREATE INDEX CONCURRENTLY z ON t (a)
t: REINDEX TABLE CONCURRENTLY t
t: REINDEX INDEX CONCURRENTLY t_b
t: DROP INDEX CONCURRENTLY t_b
t: VACUUM t
t: VACUUM FULL t
t: VACUUM ANALYZE t
t: ANALYZE t
t: CLUSTER t USING t_pkey
mv: REFRESH MATERIALIZED VIEW CONCURRENTLY mv
mv: VACUUM mv
