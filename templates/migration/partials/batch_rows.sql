{{#has_key}}
AND ({{{key_sql}}}) IN (SELECT {{{key_sql}}} FROM {{{table.sql}}} WHERE ({{{key_sql}}}) >= ({{{key_variables}}})
    ORDER BY {{{key_sql}}} LIMIT 1000);
{{/has_key}}
{{^key}}
AND ctid >= format('(%s,0)', next_page)::tid AND ctid < format('(%s,0)', next_page + 100)::tid;
{{/key}}
