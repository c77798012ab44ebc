/* Migrations that not every environment has: where else they are, and what of them needs what all have. */
#include "write/docing.h"

#include <stdlib.h>
#include <string.h>

size_t doc_variant_count(const struct doc *doc)
{
    return doc->request->variants == NULL ? 1 : doc->request->variants->list.count;
}

const char *doc_environment(const struct doc *doc, const struct service *service)
{
    const struct variant *first = doc->variants[0].variant;
    if (doc_variant_count(doc) < 2 || (service != NULL && !variants_differ(doc->request->variants, service)))
        return NULL;
    return first->environment;
}

const struct migration *doc_own(const struct variant *variant, const struct migration *migration)
{
    const struct migration *found = service_find(variant->catalog->services.at[migration->service->number], migration->version);
    return found != NULL && found->environment != NULL && strcmp(found->id, migration->id) == 0 ? found : NULL;
}

void doc_set_environments(struct doc *doc, struct data *map, const char *key, const struct migration *migration, bool also_here)
{
    struct arena *arena = &doc->page;
    const struct doc_layout *layout = doc->request->layout;
    struct data *list = data_set(map, key, data_list(arena));
    for (size_t i = 0; migration->environment != NULL && i < doc_variant_count(doc) && doc_variant_count(doc) > 1; i++) {
        const struct migration *own = doc_own(doc->variants[i].variant, migration);
        if (own == NULL || (!also_here && strcmp(own->environment, migration->environment) == 0))
            continue;
        struct data *one = data_add(list, data_map(arena));
        data_set_text(arena, one, "name", own->environment);
        data_set_text(arena, one, "link", doc_link(doc, arena, layout->migration(arena, layout->context, own)));
    }
}

static int compare_rows(const void *left, const void *right)
{
    const struct doc_row *a = left, *b = right;
    if (a->migration->version != b->migration->version)
        return a->migration->version < b->migration->version ? -1 : 1;
    return (a->variant > b->variant) - (a->variant < b->variant);
}

static bool is_listed(const struct doc *doc, size_t before, const struct migration *migration)
{
    for (size_t i = 0; i < before; i++)
        if (doc_own(doc->variants[i].variant, migration) != NULL)
            return true;
    return false;
}

/* Of what several environments have in their own way, the first stands for all. */
struct doc_rows doc_rows(struct doc *doc, const struct service *service)
{
    struct doc_rows rows = {0};
    for (size_t i = 0; i < doc_variant_count(doc); i++) {
        const struct migration *before = NULL;
        const struct service *own = i == 0 ? service : doc->variants[i].variant->catalog->services.at[service->number];
        vec_each(migration, &own->migrations) {
            if (i == 0 || ((*migration)->environment != NULL && !is_listed(doc, i, *migration)))
                *vec_add(&doc->page, &rows) = (struct doc_row){*migration, before, i};
            before = *migration;
        }
    }
    if (rows.count > 1)
        qsort(rows.at, rows.count, sizeof(*rows.at), compare_rows);
    return rows;
}

void doc_add_needed_by(struct doc *doc, struct data *list, const struct migration *migration)
{
    for (size_t i = 0; migration->environment == NULL && i < doc_variant_count(doc); i++) {
        if (i == doc->variant || !doc->variants[i].variant->differs)
            continue;
        const struct migration *same = variants_same(doc->variants[i].variant, migration);
        for (size_t k = 0; same != NULL && k < same->needed_by.count; k++)
            if (same->needed_by.at[k]->environment != NULL)
                data_set_text(&doc->page, data_add(list, doc_migration_data(doc, same->needed_by.at[k], migration->service)),
                              "undeclared", NULL);
    }
}
