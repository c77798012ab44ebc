DROP TABLE {{schema | identifier}}.{{table | identifier}};
