{{#by_key}}
AND ({{{key_sql}}}) >= ({{{key_first}}}) AND ({{{key_sql}}}) <= ({{{key_last}}});
{{/by_key}}
{{^by_key}}
AND ctid >= format('(%s,0)', next_page)::tid AND ctid < format('(%s,0)', next_page + 100)::tid;
{{/by_key}}
