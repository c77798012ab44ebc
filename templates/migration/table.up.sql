-- {{title | comment}}
{{#description}}
-- {{description | comment}}
{{/description}}

CREATE TABLE {{table.schema | identifier}}.{{table.name | identifier}} (
{{^has_primary_key}}
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
{{/has_primary_key}}
{{#columns}}
    {{> column}}
{{/columns}}
    created_at timestamptz NOT NULL DEFAULT now()
);
{{#columns}}
{{#needs_index}}

CREATE INDEX {{names.index | identifier}} ON {{table.schema | identifier}}.{{table.name | identifier}} ({{name | identifier}});
{{/needs_index}}
{{/columns}}
