{{> head}}

CREATE FUNCTION {{table.schema | identifier}}.{{#object}}{{name | identifier}}{{/object}}{{^object}}{{touch | identifier}}{{/object}}() RETURNS trigger
LANGUAGE plpgsql AS {{{quote}}}
{{#body}}
{{{body}}}
{{/body}}
{{^body}}
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
{{/body}}
{{{quote}}};

CREATE TRIGGER {{#object}}{{name | identifier}}{{/object}}{{^object}}{{touch | identifier}}{{/object}} BEFORE {{#values}}{{{.}}}{{^@last}} OR {{/@last}}{{/values}}{{^values}}INSERT OR UPDATE{{/values}} ON {{{table.sql}}}
    FOR EACH ROW EXECUTE FUNCTION {{table.schema | identifier}}.{{#object}}{{name | identifier}}{{/object}}{{^object}}{{touch | identifier}}{{/object}}();
