-- {{title | comment}}
{{#description}}
-- {{description | comment}}
{{/description}}

CREATE TABLE {{table.schema | identifier}}.{{table.name | identifier}} (
{{^has_primary_key}}
    id bigint GENERATED ALWAYS AS IDENTITY{{^key_apart}} PRIMARY KEY{{/key_apart}},
{{/has_primary_key}}
{{#columns}}
{{^is_created_at}}
    {{> column}}
{{/is_created_at}}
{{/columns}}
{{#created_at_columns}}
    {{> column}}
{{/created_at_columns}}
{{^has_created_at}}
    created_at timestamptz NOT NULL DEFAULT now(){{#key_apart}}{{#table_key}},{{/table_key}}{{/key_apart}}
{{/has_created_at}}
{{#key_apart}}
{{#table_key}}
    PRIMARY KEY ({{{table_key}}})
{{/table_key}}
{{/key_apart}}
){{#partition_by}} PARTITION BY {{{partition_by}}}{{/partition_by}};
{{#new_partitions}}

CREATE TABLE {{{sql}}} PARTITION OF {{table.schema | identifier}}.{{table.name | identifier}}
    {{{bound}}};
{{/new_partitions}}
{{#columns}}
{{#needs_index}}

CREATE INDEX {{names.index | identifier}} ON {{table.schema | identifier}}.{{table.name | identifier}} {{{definition}}};
{{/needs_index}}
{{/columns}}
