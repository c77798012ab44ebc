#include "write/doc_fault.h"

#include "write/docing.h"

#include <string.h>

static enum direction direction_of(const struct migration *migration, const struct place *place)
{
    const struct half *down = &migration->down;
    bool is_down = down->path != NULL && place->file != NULL && strcmp(place->file, down->path) == 0;
    bool of_both = is_down && str_same(migration->up.path, down->path);
    return is_down && (!of_both || place->line >= down->first_line) ? DIRECTION_DOWN : DIRECTION_UP;
}

/* It is documented all the same, so that none is an error here. */
void doc_faults(struct doc *doc, const struct migration *migration)
{
    struct findings *known = doc->request->faults;
    for (; doc->judged < doc->findings.count; doc->judged++) {
        struct finding *finding = &doc->findings.at[doc->judged];
        if (strcmp(finding->rule, "syntax") != 0)
            continue;
        struct doc_half *half = &doc->halves[direction_of(migration, &finding->place)];
        struct doc_fault *fault = vec_add(&doc->page, &half->faults);
        *fault = (struct doc_fault){finding->place.line, finding->message};
        finding->severity = SEVERITY_WARNING;
        if (known != NULL)
            *vec_add(doc->request->arena, known) = *finding;
    }
    if (doc->halves[DIRECTION_UP].faults.count > 0)
        *vec_add(doc->arena, &doc->obscure) = (struct migration *)migration;
}

const char *doc_risk_name(const struct doc_half *half)
{
    return half->faults.count > 0 ? "unknown" : risk_level_names[half->risk.level];
}

struct data *doc_faults_data(struct doc *doc)
{
    static const char *const names[] = {"up", "down"};
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    for (enum direction direction = DIRECTION_UP; direction <= DIRECTION_DOWN; direction++)
        vec_each(fault, &doc->halves[direction].faults) {
            struct data *map = data_add(list, data_map(arena));
            data_set_text(arena, map, "half", names[direction]);
            data_set_text(arena, map, "text", fault->text);
            if (fault->line > 0)
                data_set_integer(arena, map, "line", fault->line);
        }
    return list;
}

void doc_set_obscure(struct doc *doc, struct data *page, const struct service *service)
{
    struct data *list = data_set(page, "not_understood", data_list(&doc->page));
    vec_each(migration, &doc->obscure)
        if (service == NULL || (*migration)->service == service)
            data_add(list, doc_migration_data(doc, *migration, service));
    data_set_bool(&doc->page, page, "has_not_understood", data_is_true(list));
}
