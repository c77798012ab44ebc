#include "model/variants.h"

#include "base/str.h"
#include "text/nearest.h"

#include <string.h>

static bool holds(const struct strings *names, const char *name)
{
    vec_each(one, names)
        if (strcmp(*one, name) == 0)
            return true;
    return false;
}

bool variants_knows(const struct service *service, const char *environment)
{
    return holds(&service->environment.known, environment);
}

static bool has_own(const struct service *service)
{
    vec_each(migration, &service->migrations)
        if ((*migration)->environment != NULL)
            return true;
    return false;
}

bool variants_has_own(const struct variant *variant, const struct service *service)
{
    return variant->differs && has_own(variant->catalog->services.at[service->number]);
}

bool variants_differ(const struct variants *variants, const struct service *service)
{
    for (size_t i = 0; variants->list.count > 1 && i < variants->list.count; i++)
        if (variants_has_own(&variants->list.at[i], service))
            return true;
    return false;
}

struct migration *variants_same(const struct variant *variant, const struct migration *migration)
{
    struct migration *found = service_find(variant->catalog->services.at[migration->service->number], migration->version);
    return found != NULL && str_same(found->environment, migration->environment) ? found : NULL;
}

/* All that any service names, in their order. */
static struct strings names_of(struct arena *arena, const struct catalog *catalog)
{
    struct strings names = {0};
    vec_each(service, &catalog->services)
        vec_each(name, &(*service)->environment.known)
            if (!holds(&names, *name))
                *vec_add(arena, &names) = *name;
    return names;
}

static const char *choose(const struct strings *names, const char *wanted, struct err *err)
{
    static const char usual[] = "production";
    if (wanted == NULL || *wanted == '\0')
        return holds(names, usual) ? usual : names->at[0];
    if (holds(names, wanted))
        return wanted;
    const char *near = nearest_find(wanted, names), *all = words_join(err->arena, names);
    err_set(err, ERR_USAGE, "no service has the environment \"%s\", of which the documentation is asked for", wanted);
    if (near == NULL)
        err_hint(err, "there are %s", all);
    else
        err_hint(err, "did you mean %s?  There are %s", near, all);
    return NULL;
}

static bool is_of(const struct catalog *catalog, const char *environment)
{
    vec_each(service, &catalog->services)
        if ((*service)->environment.known.count > 0 && strcmp((*service)->environment.name, environment) != 0)
            return false;
    return true;
}

static bool is_whole(const struct catalog *catalog, const char *environment)
{
    vec_each(service, &catalog->services)
        if ((*service)->environment.known.count > 0 && !variants_knows(*service, environment))
            return false;
    return true;
}

/* Services need not have each other's environments, nor then what migrations of others depend on. */
static void take_findings(struct arena *arena, const struct findings *from, bool whole, struct findings *to)
{
    vec_each(finding, from)
        if (whole || (strcmp(finding->rule, "unknown-environment") != 0 && finding->kind != ERR_DEPENDENCY))
            *vec_add(arena, to) = *finding;
}

static int read_one(struct arena *arena, const struct config_options *options, struct variant *variant,
                    struct findings *findings, struct err *err)
{
    struct config_options own = *options;
    struct config *config = arena_new(arena, struct config);
    struct catalog *catalog = arena_new(arena, struct catalog);
    struct findings said = {0}, kept = {0};
    own.text[SETTING_ENVIRONMENT] = variant->environment;
    variant->catalog = catalog;
    if (config_read(arena, &own, config, &said, err) != 0 ||
        catalog_read(arena, &own, config, catalog, &said, err) != 0)
        return -1;
    take_findings(arena, &said, is_whole(catalog, variant->environment), &kept);
    take_findings(arena, &kept, true, findings);
    vec_each(service, &catalog->services)
        variant->differs = variant->differs || has_own(*service);
    return findings_judge(&kept, err);
}

static struct variant *add(struct arena *arena, struct variants *variants, const char *environment)
{
    struct variant *variant = vec_add(arena, &variants->list);
    *variant = (struct variant){.environment = environment};
    return variant;
}

static int read_all(struct arena *arena, const struct config_options *options, const struct strings *names,
                    const struct catalog *current, struct variants *variants, struct findings *findings, struct err *err)
{
    struct findings repeated = {0};
    struct variant *first = &variants->list.at[0];
    bool any;
    if (is_of(current, first->environment)) {
        first->catalog = current;
        vec_each(service, &current->services)
            first->differs = first->differs || has_own(*service);
    } else if (read_one(arena, options, first, findings, err) != 0) {
        return -1;
    }
    any = first->differs;
    vec_each(name, names) {
        if (strcmp(*name, variants->list.at[0].environment) == 0)
            continue;
        struct variant *variant = add(arena, variants, *name);
        if (read_one(arena, options, variant, &repeated, err) != 0)
            return -1;
        any = any || variant->differs;
    }
    variants->list.count = any ? variants->list.count : 1;
    return 0;
}

int variants_read(struct arena *arena, const struct config_options *options, const struct catalog *current,
                  const char *wanted, struct variants *variants, struct findings *findings, struct err *err)
{
    struct strings names = names_of(arena, current);
    *variants = (struct variants){0};
    if (names.count == 0) {
        add(arena, variants, NULL)->catalog = current;
        return 0;
    }
    const char *chosen = choose(&names, wanted, err);
    if (chosen == NULL)
        return -1;
    add(arena, variants, chosen);
    return read_all(arena, options, &names, current, variants, findings, err);
}
