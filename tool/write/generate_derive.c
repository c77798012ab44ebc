/* What a migration's name tells of its parameters: add_email_to_users, index_orders_customer. */
#include "write/generating.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

enum { CAPTURES = 8 };

struct capture {
    struct span name;          /* of <name> and <name:word>; empty: of `*` */
    struct span word;          /* that stands behind the first column then: unique */
    struct span text;
};

/* A pattern while it is matched. */
struct match {
    struct generation *generation;
    enum parameter parameter;
    bool checked;              /* only what the schema bears out */
    struct capture captures[CAPTURES];
    size_t count;
    const char *found;         /* the value; NULL: none yet */
};

/* The capture of a parameter; where the pattern does not name it, that of `*`. */
static const struct capture *capture_of(const struct match *match, enum parameter parameter)
{
    const struct capture *any = NULL;
    for (size_t i = 0; i < match->count; i++) {
        const struct capture *capture = &match->captures[i];
        if (span_equals(capture->name, parameter_rows[parameter].name))
            return capture;
        if (capture->name.length == 0 && any == NULL)
            any = capture;
    }
    return parameter == match->parameter ? any : NULL;
}

static const char *text_of(const struct match *match, const struct capture *capture)
{
    return arena_strndup(match->generation->arena, capture->text.at, capture->text.length);
}

static bool demands(const struct match *match, enum demand demand)
{
    const struct migration_type *type = &match->generation->type;
    return match->checked && type->existing_table == DEMAND_YES && demand == DEMAND_YES;
}

/* customer means customer_id where there is no customer. */
static const char *column_like(const struct match *match, const struct relation *table, const char *name)
{
    const char *with_id = arena_printf(match->generation->arena, "%s_id", name);
    if (generate_column(table, name) != NULL)
        return name;
    return generate_column(table, with_id) != NULL ? with_id : NULL;
}

/* "customer_id_state": "customer_id,state", which are there; NULL: they are not. */
static const char *joined(const struct match *match, const struct relation *table, const char *text)
{
    struct arena *arena = match->generation->arena;
    const char *rest;
    for (size_t length = strlen(text); length > 0; length--) {
        if (text[length] != '\0' && text[length] != '_')
            continue;
        const char *name = column_like(match, table, arena_strndup(arena, text, length));
        if (name != NULL && text[length] == '\0')
            return name;
        if (name != NULL && (rest = joined(match, table, text + length + 1)) != NULL)
            return arena_printf(arena, "%s,%s", name, rest);
    }
    return NULL;
}

/* What the word says of the migration itself is no column: add_columns_to_users. */
static bool is_idle(const char *text)
{
    return strcmp(text, "column") == 0 || strcmp(text, "columns") == 0;
}

/* "a_and_b": a, b.  NULL where one of them is not there and should be. */
static const char *columns_like(const struct match *match, const struct relation *table, const char *text)
{
    bool check = demands(match, match->generation->type.existing_columns) && table != NULL;
    struct str out = str_new(match->generation->arena);
    if (check && column_like(match, table, text) != NULL)
        return column_like(match, table, text);
    if (!check && is_idle(text))
        return NULL;
    for (const char *at = text; at != NULL;) {
        const char *and = strstr(at, "_and_");
        const char *name = and == NULL ? at : arena_strndup(out.arena, at, (size_t)(and - at));
        if (check && (name = joined(match, table, name)) == NULL)
            return NULL;
        str_addf(&out, "%s%s", out.length == 0 ? "" : ",", name);
        at = and == NULL ? NULL : and + strlen("_and_");
    }
    return out.at;
}

/* The table is the one that was given or derived before. */
static bool same_table(const struct match *match, const struct capture *capture, struct relation **table)
{
    struct generation *generation = match->generation;
    struct object_name name = {0}, captured = {0};
    const char *known = generation->parameters[PARAMETER_TABLE];
    *table = NULL;
    if (known == NULL) /* where the name's is not there, nothing beside it in the pattern is what it seems */
        return capture == NULL || generation->type.existing_table != DEMAND_YES;
    if (clause_object(generation->arena, known, &name) != NULL)
        return true;
    *table = generate_relation(generation, &name);
    if (capture == NULL || (!match->checked && *table == NULL))
        return true;
    captured.name = text_of(match, capture);
    struct relation *other = generate_relation_like(generation, &captured);
    return other != NULL ? other == *table : strcmp(captured.name, name.name) == 0;
}

/* "a:unique,b" */
static const char *with_word(const struct match *match, const char *columns, struct span word)
{
    if (columns == NULL || word.length == 0)
        return columns;
    int first = (int)strcspn(columns, ",");
    return arena_printf(match->generation->arena, "%.*s:%.*s%s", first, columns, (int)word.length, word.at, columns + first);
}

static void accept(struct match *match)
{
    struct generation *generation = match->generation;
    const struct capture *capture = capture_of(match, match->parameter);
    struct object_name name = {0};
    struct relation *table;
    if (capture == NULL)
        return;
    const char *text = text_of(match, capture);
    if (match->parameter == PARAMETER_TABLE) {
        name.name = text;
        table = generate_relation_like(generation, &name);
        if (table != NULL && generation->type.existing_table == DEMAND_YES)
            match->found = strcmp(name.schema, generate_schema(generation)) == 0
                               ? name.name : arena_printf(generation->arena, "%s.%s", name.schema, name.name);
        else if (!demands(match, DEMAND_YES))
            match->found = text;
        return;
    }
    if (!same_table(match, capture_of(match, PARAMETER_TABLE), &table))
        return;
    match->found = match->parameter == PARAMETER_COLUMNS ? with_word(match, columns_like(match, table, text), capture->word) : text;
}

static void step(struct match *match, const char *pattern, const char *text);

/* The longest first. */
static void step_capture(struct match *match, const char *pattern, struct span name, const char *text)
{
    size_t number = match->count;
    const char *colon = name.length == 0 ? NULL : memchr(name.at, ':', name.length);
    struct span word = {0};
    if (number == CAPTURES)
        return;
    if (colon != NULL) {
        word = (struct span){colon + 1, (size_t)(name.at + name.length - colon - 1)};
        name.length = (size_t)(colon - name.at);
    }
    for (size_t length = strlen(text); length > 0 && match->found == NULL; length--) {
        match->captures[number] = (struct capture){name, word, {text, length}};
        match->count = number + 1;
        step(match, pattern, text + length);
    }
    match->count = number;
}

static void step(struct match *match, const char *pattern, const char *text)
{
    const char *close;
    while (*pattern != '\0' && *pattern != '*' && *pattern != '<' && *pattern == *text)
        pattern++, text++;
    if (*pattern == '\0' && *text == '\0')
        accept(match);
    else if (*pattern == '*')
        step_capture(match, pattern + 1, (struct span){pattern, 0}, text);
    else if (*pattern == '<' && (close = strchr(pattern, '>')) != NULL)
        step_capture(match, close + 1, (struct span){pattern + 1, (size_t)(close - pattern - 1)}, text);
}

static const char *derive_one(struct generation *generation, const struct type_parameter *parameter, const char *name,
                              bool checked)
{
    struct match match = {.generation = generation, .parameter = parameter->parameter, .checked = checked};
    vec_each(pattern, &parameter->derive) {
        match.count = 0;
        step(&match, *pattern, name);
        if (match.found != NULL)
            break;
    }
    return match.found;
}

/* As names of tables and columns are written: AddUserProfiles is add_user_profiles. */
static const char *plain_name(struct arena *arena, const char *name)
{
    struct str out = str_new(arena);
    for (const char *at = name; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (at > name && isupper(c) && islower((unsigned char)at[-1]))
            str_add_char(&out, '_');
        str_add_char(&out, strchr("- .", c) != NULL ? '_' : (char)tolower(c));
    }
    return out.at;
}

struct strings generate_words(struct arena *arena, const char *name)
{
    return clause_split(arena, plain_name(arena, name), '_');
}

/* In the order of the type's parameters; the table first, since others ask for it. */
void generate_derive(struct generation *generation, bool unchecked)
{
    const char *name = plain_name(generation->arena, generation->request->name);
    for (int others = 0; others < 2; others++)
        vec_each(parameter, &generation->type.parameters) {
            const char **value = &generation->parameters[parameter->parameter];
            if ((parameter->parameter == PARAMETER_TABLE) == (others == 1) || *value != NULL)
                continue;
            *value = derive_one(generation, parameter, name, true);
            /* What nothing bears out is still the best word for the error. */
            if (*value == NULL && unchecked && (parameter->required || parameter->parameter != PARAMETER_TABLE))
                *value = derive_one(generation, parameter, name, false);
        }
}
