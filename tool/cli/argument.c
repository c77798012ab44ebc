#include "cli/argument.h"
#include "base/str.h"
#include "model/state.h"
#include "text/nearest.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

const char *argument_text(const struct run *run, enum option option)
{
    const struct options *options = &run->options;
    return options->arguments.count > 0 ? options->arguments.at[0] : options->text[option];
}

/* Digits alone: no sign, no space, no hexadecimal. */
static bool is_number(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

int argument_count(const struct run *run, long *count, struct err *err)
{
    const char *text = argument_text(run, OPTION_COUNT);
    *count = -1;
    if (text == NULL)
        return 0;
    errno = 0;
    if (is_number(text))
        *count = strtol(text, NULL, 10);
    if (*count >= 0 && errno == 0)
        return 0;
    bool given = run->options.arguments.count > 0;
    err_set(err, ERR_USAGE, "%s is a number of migrations, and '%s' is none",
            given ? "N" : run->options.spelled[OPTION_COUNT], text);
    return err_hint(err, "skein help says what each command takes");
}

static bool has_version(const struct run *run, uint64_t version)
{
    vec_each(service, &run->catalog.services)
        if ((run->service == NULL || run->service == *service) && service_find(*service, version) != NULL)
            return true;
    return false;
}

int argument_version(const struct run *run, const char *text, int64_t *version, struct err *err)
{
    if (strcmp(text, "none") == 0 || strcmp(text, "-1") == 0) {
        *version = NO_VERSION;
        return 0;
    }
    if (is_number(text)) {
        errno = 0;
        unsigned long long number = strtoull(text, NULL, 10);
        if (errno != 0 || number > INT64_MAX)
            return err_set(err, ERR_USAGE, "version %s is out of range; the highest is %lld", text, LLONG_MAX);
        *version = number == 0 && !has_version(run, 0) ? NO_VERSION : (int64_t)number;
        return 0;
    }
    if (*text == '-') {
        err_set(err, ERR_USAGE, "'%s' is not a version", text);
        return err_hint(err, "a version is a number such as 4 or 000004; -1 or none is before the first one");
    }
    const struct migration *migration = argument_migration(run, text, err);
    if (migration == NULL)
        return -1;
    *version = (int64_t)migration->version;
    return 0;
}

/* Quiet look into one service. */
static struct migration *look(const struct run *run, const struct service *service, const char *text)
{
    struct err ignored = {.arena = run->arena};
    return service_get(service, text, &ignored);
}

const struct migration *argument_migration(const struct run *run, const char *text, struct err *err)
{
    const struct services *services = &run->catalog.services;
    if (run->service != NULL || services->count == 1)
        return service_get(run->service != NULL ? run->service : services->at[0], text, err);
    const struct migration *found = NULL;
    struct strings owners = {0}, all = {0};
    vec_each(service, services) {
        *vec_add(run->arena, &all) = (*service)->name;
        const struct migration *migration = look(run, *service, text);
        if (migration == NULL)
            continue;
        *vec_add(run->arena, &owners) = (*service)->name;
        found = migration;
    }
    if (owners.count == 1)
        return found;
    if (owners.count == 0)
        err_set(err, ERR_USAGE, "no service has a migration '%s'", text);
    else
        err_set(err, ERR_USAGE, "migration '%s' is in several services: %s", text, words_join(run->arena, &owners));
    err_hint(err, owners.count == 0 ? "skein list shows them; the services are %s" : "name one with --service: %s",
             words_join(run->arena, owners.count == 0 ? &all : &owners));
    return NULL;
}
