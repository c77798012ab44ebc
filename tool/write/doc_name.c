/* What stands on many pages: names, links, sentences, short forms of migrations and services. */
#include "write/docing.h"

#include "base/path.h"
#include "text/template_filter.h"

#include <ctype.h>
#include <string.h>

/* From one file to another, both absolute; never absolute itself, so that it is the same on every machine.  As a URL. */
const char *doc_link(const struct doc *doc, struct arena *arena, const char *path)
{
    struct str link = str_new(arena);
    const char *from = doc->path, *why;
    size_t common = 0;
    for (size_t i = 0; from[i] != '\0' && from[i] == path[i]; i++)
        if (from[i] == '/')
            common = i + 1;
    for (const char *at = strchr(from + common, '/'); at != NULL; at = strchr(at + 1, '/'))
        str_add(&link, "../");
    (void)template_filter_url(path + common, &link, &why);
    return link.at;
}

const char *doc_anchor(struct arena *arena, const char *schema, const char *name)
{
    struct str anchor = str_new(arena);
    str_add(&anchor, "table-");
    for (const char *at = arena_printf(arena, "%s.%s", schema == NULL ? "" : schema, name); *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c < 0x80 && (isalnum(c) || strchr("_.", c) != NULL))
            str_add_char(&anchor, *at);
        else
            str_addf(&anchor, "-%02x", c);
    }
    return anchor.at;
}

/* "add_users" as people would write it: "add users". */
const char *doc_title(struct arena *arena, const char *name)
{
    char *title = arena_strdup(arena, name);
    for (char *at = title; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
    return title;
}

struct data *doc_repository(struct doc *doc)
{
    const struct catalog *catalog = doc->request->catalog;
    struct data *map = data_map(&doc->page);
    data_set_text(&doc->page, map, "title", doc->request->title != NULL ? doc->request->title : "Database");
    data_set_text(&doc->page, map, "link", doc_link(doc, &doc->page, doc->request->layout->index));
    data_set_integer(&doc->page, map, "services_count", (long long)catalog->services.count);
    data_set_integer(&doc->page, map, "migrations_count", (long long)catalog->order.count);
    data_set_text(&doc->page, map, "environment", doc_environment(doc, NULL));
    data_set_bool(&doc->page, map, "one_service", catalog->services.count == 1);
    data_set_bool(&doc->page, map, "one_migration", catalog->order.count == 1);
    return map;
}

struct data *doc_service_data(struct doc *doc, const struct service *service)
{
    struct arena *arena = &doc->page;
    const struct doc_layout *layout = doc->request->layout;
    const struct schema *schema = doc->schemas[service->number];
    const struct schema_namespace *namespace =
        schema == NULL || service->schema == NULL ? NULL : map_find(&schema->namespaces, service->schema);
    struct data *map = data_map(arena);
    data_set_text(arena, map, "name", service->name);
    data_set_text(arena, map, "schema", service->schema);
    data_set_text(arena, map, "link", doc_link(doc, arena, layout->service(arena, layout->context, service)));
    data_set_text(arena, map, "description", namespace == NULL ? NULL : namespace->comment);
    data_set_integer(arena, map, "migrations_count", (long long)service->migrations.count);
    data_set_bool(arena, map, "one_migration", service->migrations.count == 1);
    data_set_text(arena, map, "environment", doc_environment(doc, service));
    return map;
}

/* Letters and digits alone count, in any case. */
static bool says_no_more(const char *text, const char *name)
{
    for (;; text++, name++) {
        while (*text != '\0' && (unsigned char)*text < 0x80 && !isalnum((unsigned char)*text))
            text++;
        while (*name != '\0' && (unsigned char)*name < 0x80 && !isalnum((unsigned char)*name))
            name++;
        if (tolower((unsigned char)*text) != tolower((unsigned char)*name))
            return false;
        if (*text == '\0')
            return true;
    }
}

const char *doc_description(const struct migration *migration)
{
    const char *text = migration->declaration.description;
    return text == NULL || says_no_more(text, migration->name) || says_no_more(text, migration->id) ? NULL : text;
}

struct data *doc_migration_data(struct doc *doc, const struct migration *migration, const struct service *from)
{
    struct arena *arena = &doc->page;
    const struct doc_layout *layout = doc->request->layout;
    bool foreign = from == NULL || migration->service->number != from->number; /* of whichever environment */
    const char *id = migration->id;
    struct data *map = data_map(arena);
    data_set_text(arena, map, "id", id);
    data_set_text(arena, map, "version", migration->digits);
    data_set_text(arena, map, "name", migration->name);
    data_set_text(arena, map, "title", doc_title(arena, migration->name));
    data_set_text(arena, map, "label", foreign ? arena_printf(arena, "%s %s", migration->service->name, id) : id);
    data_set_text(arena, map, "link", doc_link(doc, arena, layout->migration(arena, layout->context, migration)));
    data_set_text(arena, map, "environment", migration->environment);
    data_set_bool(arena, map, "foreign", foreign);
    return map;
}

static void add_neighbour(struct doc *doc, struct data *list, const struct migration *other, const struct service *from,
                          const char *undeclared)
{
    data_set_text(&doc->page, data_add(list, doc_migration_data(doc, other, from)), "undeclared", undeclared);
}

static struct data *neighbours(struct doc *doc, const struct migration *migration, const struct migration_refs *declared,
                               const struct migration *left_out, bool needs)
{
    struct data *list = data_list(&doc->page);
    vec_each(other, declared)
        if (*other != left_out)
            add_neighbour(doc, list, *other, migration->service, NULL);
    vec_each(one, &doc->undeclareds)
        if ((needs ? one->user : one->maker) == migration)
            add_neighbour(doc, list, needs ? one->maker : one->user, migration->service, one->name);
    return list;
}

struct data *doc_needs(struct doc *doc, const struct migration *migration, const struct migration *left_out)
{
    return neighbours(doc, migration, &migration->needs, left_out, true);
}

struct data *doc_needed_by(struct doc *doc, const struct migration *migration)
{
    struct data *list = neighbours(doc, migration, &migration->needed_by, NULL, false);
    doc_add_needed_by(doc, list, migration);
    return list;
}

static void set_parts(struct doc *doc, struct data *map, const struct phrase_parts *parts)
{
    struct arena *arena = &doc->page;
    struct data *list = data_set(map, "parts", data_list(arena));
    vec_each(part, parts) {
        struct data *one = data_add(list, data_map(arena));
        data_set_text(arena, one, "plain", part->code ? NULL : part->text);
        data_set_text(arena, one, "code", part->code ? part->text : NULL);
    }
    data_set_text(arena, map, "text", phrase_text(arena, parts));
}

static struct data *phrase_data(struct doc *doc, const struct phrase *phrase)
{
    struct data *map = data_map(&doc->page), *details = data_list(&doc->page);
    set_parts(doc, map, &phrase->parts);
    for (size_t i = 0; i < phrase->detail_count; i++)
        set_parts(doc, data_add(details, data_map(&doc->page)), &phrase->details[i].parts);
    data_set(map, "details", details);
    data_set_integer(&doc->page, map, "line", phrase->line);
    return map;
}

struct data *doc_phrases(struct doc *doc, const struct phrases *phrases)
{
    struct data *list = data_list(&doc->page);
    vec_each(phrase, phrases)
        data_add(list, phrase_data(doc, phrase));
    return list;
}
