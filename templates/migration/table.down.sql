DROP TABLE {{table.schema | identifier}}.{{table.name | identifier}};
