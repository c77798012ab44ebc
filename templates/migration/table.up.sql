-- {{title | comment}}
{{#description}}
-- {{description | comment}}
{{/description}}

CREATE TABLE {{table.schema | identifier}}.{{table.name | identifier}} (
{{^has_primary_key}}
    id bigint GENERATED ALWAYS AS IDENTITY{{^partition_by}} PRIMARY KEY{{/partition_by}},
{{/has_primary_key}}
{{#columns}}
    {{> column}}
{{/columns}}
    created_at timestamptz NOT NULL DEFAULT now(){{^has_primary_key}}{{#partition_keys}},
    PRIMARY KEY (id, {{{partition_keys}}}){{/partition_keys}}{{/has_primary_key}}
){{#partition_by}} PARTITION BY {{{partition_by}}}{{/partition_by}};
{{#columns}}
{{#needs_index}}

CREATE INDEX {{names.index | identifier}} ON {{table.schema | identifier}}.{{table.name | identifier}} ({{name | identifier}});
{{/needs_index}}
{{/columns}}
