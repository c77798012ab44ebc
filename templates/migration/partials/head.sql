-- {{title | comment}}
{{#description}}
-- {{description | comment}}
{{/description}}
