{{> head}}
-- What was indexed under the new name: {{new_name | comment}} is a copy that goes, and its indexes with it.

{{#carried_indexes}}
{{{sql}}};
{{/carried_indexes}}
