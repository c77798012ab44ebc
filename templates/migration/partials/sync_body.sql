LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.{{copy | identifier}} IS NOT NULL
       OR TG_OP = 'UPDATE' AND NEW.{{copy | identifier}}{{{as_text}}} IS DISTINCT FROM OLD.{{copy | identifier}}{{{as_text}}} THEN
        NEW.{{kept | identifier}} := NEW.{{copy | identifier}};
    ELSE
        NEW.{{copy | identifier}} := NEW.{{kept | identifier}};
    END IF;
    RETURN NEW;
END
$$;
