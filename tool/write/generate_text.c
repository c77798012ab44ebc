/* Parameters as texts: what would say something else in the SQL than where it was given. */
#include "write/generating.h"

#include <ctype.h>
#include <string.h>

static int fail(enum parameter parameter, const char *text, const char *why, struct err *err)
{
    return err_set(err, ERR_USAGE, "%s: \"%s\" %s", parameter_rows[parameter].variable, text, why);
}

/* Privileges stand in the SQL as they are. */
static int check_privileges(const struct generation *generation, struct err *err)
{
    const char *text = generation->parameters[PARAMETER_PRIVILEGES];
    if (text == NULL || strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ, ") == strlen(text))
        return 0;
    return fail(PARAMETER_PRIVILEGES, text, "is no list of privileges, such as SELECT,INSERT", err);
}

/* The one extension of PostgreSQL's own whose name is none without quotes. */
static const char *extension_name(struct arena *arena, const char *text)
{
    if (strcmp(text, "uuid_ossp") == 0)
        text = "uuid-ossp";
    return *text != '"' && strchr(text, '-') != NULL ? arena_printf(arena, "\"%s\"", text) : text;
}

/* On one line: where files hold both directions a line may be a marker. */
static const char *one_line(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    for (char *at = copy; *at != '\0'; at++)
        if (iscntrl((unsigned char)*at))
            *at = ' ';
    return copy;
}

int generate_read_texts(struct generation *generation, struct err *err)
{
    const char **parameters = generation->parameters, *body = parameters[PARAMETER_BODY];
    if (check_privileges(generation, err) != 0)
        return -1;
    const char *why = body == NULL || generation->type.object != TYPE_OBJECT_VIEW ? NULL : clause_query(generation->arena, body);
    if (why != NULL)
        return fail(PARAMETER_BODY, body, why, err);
    if (parameters[PARAMETER_EXTENSION] != NULL)
        parameters[PARAMETER_EXTENSION] = extension_name(generation->arena, parameters[PARAMETER_EXTENSION]);
    if (parameters[PARAMETER_DESCRIPTION] != NULL)
        parameters[PARAMETER_DESCRIPTION] = one_line(generation->arena, parameters[PARAMETER_DESCRIPTION]);
    for (enum parameter i = 0; i < PARAMETERS; i++)
        if (parameter_rows[i].form == FORM_LIST && parameters[i] != NULL && !clause_is_closed(parameters[i])) {
            fail(i, parameters[i], "has a quote that is not closed", err);
            return err_hint(err, "in single quotes one that belongs to the value is written twice: 'it''s so'");
        }
    return 0;
}
