CREATE FUNCTION {{table.schema | identifier}}.{{sync | identifier}}() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.{{new_name | identifier}} IS NOT NULL
       OR TG_OP = 'UPDATE' AND NEW.{{new_name | identifier}} IS DISTINCT FROM OLD.{{new_name | identifier}} THEN
        NEW.{{old_name | identifier}} := NEW.{{new_name | identifier}};
    ELSE
        NEW.{{new_name | identifier}} := NEW.{{old_name | identifier}};
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER {{sync | identifier}} BEFORE INSERT OR UPDATE ON {{{table.sql}}}
    FOR EACH ROW EXECUTE FUNCTION {{table.schema | identifier}}.{{sync | identifier}}();
