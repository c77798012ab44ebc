/* What a service's schema holds besides tables, views and types: functions, procedures, sequences; triggers and policies. */
#include "write/docing.h"

#include "sql/identifier.h"

#include <string.h>

struct data *doc_attached(struct doc *doc, const struct service *service, const struct relation *relation)
{
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    vec_each(one, &relation->attached) {
        if (one->dropped)
            continue;
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "kind", one->policy ? "policy" : "trigger");
        data_set_text(arena, map, "name", one->name);
        data_set_text(arena, map, "definition", one->text);
        data_set(map, "made_by", one->created_by == NULL ? data_text(arena, NULL)
                                                         : doc_migration_data(doc, one->created_by, service));
    }
    return list;
}

static const char *name_of(struct arena *arena, const struct service *service, const char *schema, const char *name)
{
    struct str text = str_new(arena);
    if (schema != NULL && !str_same(service->schema, schema) && strcmp(schema, "public") != 0) {
        identifier_add(&text, schema);
        str_add_char(&text, '.');
    }
    identifier_add(&text, name);
    return text.at;
}

static void add_object(struct doc *doc, const struct service *service, struct data *list, const char *kind, const char *name,
                       const char *definition, const struct migration *made_by)
{
    struct arena *arena = &doc->page;
    struct data *map = data_add(list, data_map(arena));
    data_set_text(arena, map, "kind", kind);
    data_set_text(arena, map, "name", name);
    data_set_text(arena, map, "definition", definition);
    data_set(map, "made_by", doc_migration_data(doc, made_by, service));
}

static void add_functions(struct doc *doc, const struct service *service, const struct schema *schema, struct data *list)
{
    vec_each(function, schema_functions(schema)) {
        if (!(*function)->exists)
            continue;
        const char *name = name_of(&doc->page, service, (*function)->schema, (*function)->name);
        vec_each(one, &(*function)->definitions)
            if (!one->dropped && one->created_by != NULL && one->created_by->service == service)
                add_object(doc, service, list, one->procedure ? "procedure" : "function", name, one->text, one->created_by);
    }
}

/* Those that are nobody's column. */
static void add_sequences(struct doc *doc, const struct service *service, const struct schema *schema, struct data *list)
{
    vec_each(relation, &schema->all) {
        const struct relation *sequence = *relation;
        if (sequence->kind != RELATION_SEQUENCE || !sequence->exists || sequence->temporary || sequence->created_by == NULL ||
            sequence->created_by->service != service || (sequence->parent != NULL && sequence->definition == NULL))
            continue;
        add_object(doc, service, list, "sequence", name_of(&doc->page, service, sequence->schema, sequence->name),
                   sequence->definition, sequence->created_by);
    }
}

struct data *doc_routines(struct doc *doc, const struct service *service)
{
    const struct schema *schema = doc->schemas[service->number];
    struct data *list = data_list(&doc->page);
    if (schema != NULL) {
        add_functions(doc, service, schema, list);
        add_sequences(doc, service, schema, list);
    }
    return list;
}
