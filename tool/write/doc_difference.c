/* How the schemas of environments differ: table by table, in what their columns, constraints and indexes are. */
#include "write/docing.h"

#include <string.h>

static void add(struct doc *doc, struct doc_fact_list *facts, const char *subject, const char *text)
{
    *vec_add(doc->arena, facts) =
        (struct doc_fact){subject == NULL ? NULL : arena_strdup(doc->arena, subject), arena_strdup(doc->arena, text)};
}

static void add_columns(struct doc *doc, const struct data *table, struct doc_fact_list *facts)
{
    struct arena *arena = &doc->page;
    for (const struct data *column = data_find_first(table, "columns"); column != NULL; column = column->next) {
        const char *type = data_find_text(column, "type"), *standard = data_find_text(column, "default"),
                   *generated = data_find_text(column, "generated"), *name = data_find_text(column, "name");
        if (generated != NULL)
            standard = arena_printf(arena, "GENERATED AS %s", generated);
        add(doc, facts, arena_printf(arena, "column %s", name), arena_printf(arena, "%s%s%s%s%s%s", name, type == NULL ? "" : " ", type == NULL ? "" : type,
                                     data_is_true(data_find(column, "not_null")) ? " not null" : "",
                                     standard == NULL ? "" : generated == NULL ? " default " : " ",
                                     standard == NULL ? "" : standard));
    }
}

static void add_constraints(struct doc *doc, const struct data *table, struct doc_fact_list *facts)
{
    for (const struct data *one = data_find_first(table, "constraints"); one != NULL; one = one->next) {
        const char *text = data_find_text(one, "text"), *kind = data_find_text(one, "kind");
        add(doc, facts, strcmp(kind, "primary key") == 0 ? kind : NULL,
            arena_printf(&doc->page, "%s %s", kind, text != NULL ? text : data_find_text(one, "name")));
    }
}

static void add_indexes(struct doc *doc, const struct data *table, struct doc_fact_list *facts)
{
    struct arena *arena = &doc->page;
    for (const struct data *one = data_find_first(table, "indexes"); one != NULL; one = one->next) {
        const char *where = data_find_text(one, "where"), *text = data_find_text(one, "text");
        add(doc, facts, NULL, arena_printf(arena, "%sindex on %s%s%s", data_is_true(data_find(one, "unique")) ? "unique " : "",
                                     text, where == NULL ? "" : " where ", where == NULL ? "" : where));
    }
}

static struct doc_tables tables_of(struct doc *doc, const struct service *service)
{
    struct relation_refs relations = doc_relations(doc, service);
    struct doc_tables tables = {0};
    vec_each(relation, &relations) {
        struct data *data = doc_table(doc, service, *relation);
        struct doc_facts *table = vec_add(doc->arena, &tables);
        const char *partitioned = data_find_text(data, "partitioned");
        *table = (struct doc_facts){.table = arena_strdup(doc->arena, data_find_text(data, "name")),
                                    .partitioned = partitioned == NULL ? NULL : arena_strdup(doc->arena, partitioned)};
        add_columns(doc, data, &table->facts);
        add_constraints(doc, data, &table->facts);
        add_indexes(doc, data, &table->facts);
    }
    return tables;
}

void doc_note_schemas(struct doc *doc)
{
    const struct services *services = &doc->request->catalog->services;
    struct doc_variant *variant = &doc->variants[doc->variant];
    variant->tables = arena_alloc(doc->arena, (services->count + 1) * sizeof(*variant->tables));
    doc->path = doc->request->layout->index;
    vec_each(service, services)
        if (variants_differ(doc->request->variants, *service))
            variant->tables[(*service)->number] = tables_of(doc, *service);
}

/* --- comparing */

struct differing {
    struct doc *doc;
    const char *environment;
    struct phrases *phrases;
};

static struct phrase_parts *begin(const struct differing *differing, const char *table)
{
    struct arena *arena = &differing->doc->page;
    struct phrase *phrase = vec_add(arena, differing->phrases);
    phrase_say(arena, &phrase->parts, arena_printf(arena, "%s: ", differing->environment));
    phrase_code(arena, &phrase->parts, table);
    return &phrase->parts;
}

static bool holds(const struct doc_fact_list *facts, const char *text)
{
    vec_each(fact, facts)
        if (strcmp(fact->text, text) == 0)
            return true;
    return false;
}

static const struct doc_fact *find_subject(const struct doc_fact_list *facts, const char *subject)
{
    vec_each(fact, facts)
        if (subject != NULL && str_same(fact->subject, subject))
            return fact;
    return NULL;
}

/* Before each thing that is said of a table: its name, or what stands between two of them. */
static struct phrase_parts *go_on(const struct differing *differing, struct phrase_parts *parts, const char *table,
                                  const char *word)
{
    bool first = parts == NULL;
    if (first)
        parts = begin(differing, table);
    phrase_say(&differing->doc->page, parts, first ? " " : "; ");
    phrase_say(&differing->doc->page, parts, word);
    return parts;
}

/* "is not partitioned", "has `a int` instead of `a text`" */
static struct phrase_parts *say_instead(const struct differing *differing, struct phrase_parts *parts,
                                        const struct doc_facts *here, const struct doc_facts *there)
{
    struct arena *arena = &differing->doc->page;
    if (!str_same(here->partitioned, there->partitioned)) {
        parts = go_on(differing, parts, here->table, there->partitioned == NULL ? "is not partitioned" : "is partitioned by ");
        if (there->partitioned != NULL)
            phrase_code(arena, parts, there->partitioned);
        if (there->partitioned != NULL && here->partitioned != NULL) {
            phrase_say(arena, parts, " instead of ");
            phrase_code(arena, parts, here->partitioned);
        }
    }
    vec_each(fact, &there->facts) {
        const struct doc_fact *other = find_subject(&here->facts, fact->subject);
        if (other == NULL || strcmp(other->text, fact->text) == 0)
            continue;
        parts = go_on(differing, parts, here->table, "has ");
        phrase_code(arena, parts, fact->text);
        phrase_say(arena, parts, " instead of ");
        phrase_code(arena, parts, other->text);
    }
    return parts;
}

/* What is in the one, and nothing like it in the other. */
static struct phrase_parts *say_alone(const struct differing *differing, struct phrase_parts *parts, const char *table,
                                      const struct doc_fact_list *one, const struct doc_fact_list *other, const char *word)
{
    struct arena *arena = &differing->doc->page;
    size_t count = 0;
    vec_each(fact, one) {
        if (holds(other, fact->text) || find_subject(other, fact->subject) != NULL)
            continue;
        if (count++ == 0)
            parts = go_on(differing, parts, table, word);
        else
            phrase_say(arena, parts, ", ");
        phrase_code(arena, parts, fact->text);
    }
    return parts;
}

static void compare(const struct differing *differing, const struct doc_facts *here, const struct doc_facts *there)
{
    struct phrase_parts *parts = say_instead(differing, NULL, here, there);
    parts = say_alone(differing, parts, here->table, &there->facts, &here->facts, "has ");
    say_alone(differing, parts, here->table, &here->facts, &there->facts, "lacks ");
}

static const struct doc_facts *find(const struct doc_tables *tables, const char *name)
{
    vec_each(table, tables)
        if (strcmp(table->table, name) == 0)
            return table;
    return NULL;
}

static void compare_all(const struct differing *differing, const struct doc_tables *here, const struct doc_tables *there)
{
    struct arena *arena = &differing->doc->page;
    vec_each(table, here) {
        const struct doc_facts *other = find(there, table->table);
        if (other != NULL)
            compare(differing, table, other);
        else
            phrase_say(arena, begin(differing, table->table), " is not there");
    }
    vec_each(table, there)
        if (find(here, table->table) == NULL)
            phrase_say(arena, begin(differing, table->table), " is there, too");
}

struct data *doc_differences(struct doc *doc, const struct service *service)
{
    struct phrases phrases = {0};
    if (doc_environment(doc, service) == NULL)
        return data_list(&doc->page);
    struct doc_tables here = tables_of(doc, service);
    for (size_t i = 1; i < doc_variant_count(doc); i++) {
        const struct doc_variant *variant = &doc->variants[i];
        struct differing differing = {doc, variant->variant->environment, &phrases};
        if (variants_knows(service, differing.environment))
            compare_all(&differing, &here, &variant->tables[service->number]);
    }
    return doc_phrases(doc, &phrases);
}
