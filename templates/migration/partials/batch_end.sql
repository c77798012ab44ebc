{{^by_key}}
        GET DIAGNOSTICS batch_rows = ROW_COUNT;
{{/by_key}}
        COMMIT;
{{#by_key}}
        SELECT {{{key_sql}}} INTO {{{key_first}}} FROM {{{table.sql}}} WHERE ({{{key_sql}}}) > ({{{key_last}}})
        ORDER BY {{{key_sql}}} LIMIT 1;
{{/by_key}}
{{^by_key}}
        pass_rows := pass_rows + batch_rows;
        next_page := next_page + 100;
{{/by_key}}
    END LOOP;
END
$fill$;
