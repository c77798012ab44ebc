{{> head}}

{{#values}}
ALTER TYPE {{#enum}}{{{sql}}}{{/enum}} ADD VALUE {{. | literal}};
{{/values}}
