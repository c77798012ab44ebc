        COMMIT;
{{#has_key}}
        SELECT {{{key_sql}}} INTO {{{key_variables}}} FROM {{{table.sql}}} WHERE ({{{key_sql}}}) >= ({{{key_variables}}})
            ORDER BY {{{key_sql}}} OFFSET 1000 LIMIT 1;
{{/has_key}}
{{^key}}
        next_page := next_page + 100;
{{/key}}
    END LOOP;
END
$fill$;
