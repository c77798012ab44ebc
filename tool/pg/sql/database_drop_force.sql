-- Ends the sessions that use it.
DROP DATABASE {database} WITH (FORCE)
