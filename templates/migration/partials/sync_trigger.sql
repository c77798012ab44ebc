CREATE TRIGGER {{sync | identifier}} BEFORE INSERT OR UPDATE ON {{{table.sql}}}
    FOR EACH ROW EXECUTE FUNCTION {{table.schema | identifier}}.{{sync | identifier}}();
