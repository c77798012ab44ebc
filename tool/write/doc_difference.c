/* How the schemas of environments differ: table by table, in what their columns, constraints and indexes are. */
#include "write/docing.h"

#include <string.h>

static void add(struct doc *doc, struct strings *facts, const char *text)
{
    *vec_add(doc->arena, facts) = arena_strdup(doc->arena, text);
}

static void add_columns(struct doc *doc, const struct data *table, struct strings *facts)
{
    struct arena *arena = &doc->page;
    for (const struct data *column = data_find_first(table, "columns"); column != NULL; column = column->next) {
        const char *type = data_find_text(column, "type"), *standard = data_find_text(column, "default"),
                   *generated = data_find_text(column, "generated"), *name = data_find_text(column, "name");
        if (generated != NULL)
            standard = arena_printf(arena, "GENERATED AS %s", generated);
        add(doc, facts, arena_printf(arena, "%s%s%s%s%s%s", name, type == NULL ? "" : " ", type == NULL ? "" : type,
                                     data_is_true(data_find(column, "not_null")) ? " not null" : "",
                                     standard == NULL ? "" : generated == NULL ? " default " : " ",
                                     standard == NULL ? "" : standard));
    }
}

static void add_constraints(struct doc *doc, const struct data *table, struct strings *facts)
{
    for (const struct data *one = data_find_first(table, "constraints"); one != NULL; one = one->next) {
        const char *text = data_find_text(one, "text"), *name = data_find_text(one, "name");
        add(doc, facts, arena_printf(&doc->page, "%s %s", data_find_text(one, "kind"), text != NULL ? text : name));
    }
}

static void add_indexes(struct doc *doc, const struct data *table, struct strings *facts)
{
    struct arena *arena = &doc->page;
    for (const struct data *one = data_find_first(table, "indexes"); one != NULL; one = one->next) {
        const char *where = data_find_text(one, "where"), *text = data_find_text(one, "text");
        add(doc, facts, arena_printf(arena, "%sindex on %s%s%s", data_is_true(data_find(one, "unique")) ? "unique " : "",
                                     text, where == NULL ? "" : " where ", where == NULL ? "" : where));
    }
}

static void add_partitioning(struct doc *doc, const struct relation *relation, struct strings *facts)
{
    static const char *const ways[] = {['h'] = "hash", ['l'] = "list", ['r'] = "range"};
    size_t way = (unsigned char)relation->partition_by;
    if (way > 0 && way < sizeof(ways) / sizeof(*ways) && ways[way] != NULL)
        add(doc, facts, arena_printf(&doc->page, "partitioned by %s (%s)", ways[way],
                                     describe_keys(&doc->page, &relation->partition_keys)));
}

static struct doc_tables tables_of(struct doc *doc, const struct service *service)
{
    struct relation_refs relations = doc_relations(doc, service);
    struct doc_tables tables = {0};
    vec_each(relation, &relations) {
        struct data *data = doc_table(doc, service, *relation);
        struct doc_facts *table = vec_add(doc->arena, &tables);
        *table = (struct doc_facts){.table = arena_strdup(doc->arena, data_find_text(data, "name"))};
        add_columns(doc, data, &table->facts);
        add_constraints(doc, data, &table->facts);
        add_indexes(doc, data, &table->facts);
        add_partitioning(doc, *relation, &table->facts);
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

static bool holds(const struct strings *facts, const char *text)
{
    vec_each(fact, facts)
        if (strcmp(*fact, text) == 0)
            return true;
    return false;
}

/* What is in the one and not in the other, behind a word. */
static size_t say_those(const struct differing *differing, struct phrase_parts **parts, const char *table,
                        const struct strings *one, const struct strings *other, const char *word)
{
    struct arena *arena = &differing->doc->page;
    size_t count = 0;
    vec_each(fact, one) {
        if (holds(other, *fact))
            continue;
        if (*parts == NULL)
            *parts = begin(differing, table);
        phrase_say(arena, *parts, count++ == 0 ? word : ", ");
        phrase_code(arena, *parts, *fact);
    }
    return count;
}

static void compare(const struct differing *differing, const struct doc_facts *here, const struct doc_facts *there)
{
    struct phrase_parts *parts = NULL;
    size_t more = say_those(differing, &parts, here->table, &there->facts, &here->facts, " has ");
    say_those(differing, &parts, here->table, &here->facts, &there->facts, more > 0 ? ", not " : " lacks ");
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
