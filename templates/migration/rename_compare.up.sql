{{> head}}
-- Reads the rows while everybody works; fails, and changes nothing, where the copy holds anything else than the original.

DO $compare$
BEGIN
    IF EXISTS (SELECT FROM {{{table.sql}}}
               WHERE {{old_name | identifier}}{{{as_text}}} IS DISTINCT FROM {{new_name | identifier}}{{{as_text}}}) THEN
        RAISE EXCEPTION 'there are rows in which % and % differ', {{old_name | literal}}, {{new_name | literal}}
            USING HINT = 'they were written without the trigger; give both the value that counts, and run this again';
    END IF;
    IF EXISTS (SELECT FROM pg_attribute copy JOIN pg_attribute original USING (attrelid)
               WHERE attrelid = {{table.sql | literal}}::regclass
                 AND copy.attname = {{old_name | literal}} AND original.attname = {{new_name | literal}}
                 AND (copy.attacl::text <> coalesce(original.attacl::text, '')
                      OR col_description(attrelid, copy.attnum) <> coalesce(col_description(attrelid, original.attnum), ''))) THEN
        RAISE EXCEPTION 'the copy has a comment or privileges that would go with it'
            USING HINT = 'give them to the column that is {{new_name | comment}} now, take them from {{old_name | comment}}, and run this again';
    END IF;
END
$compare$;
{{#copied_indexes}}
DROP INDEX CONCURRENTLY {{{index_sql}}};
{{/copied_indexes}}
