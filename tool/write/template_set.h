/*
 * Which templates are in force: those of skein, over them the repository's `templates/`, over these the service's.
 *
 * A template is known by its path below templates/: "migration/table.up.sql".  A file of the same name that lies nearer
 * takes its place, and one of a new name is added; an empty one does nothing.
 */
#ifndef WRITE_TEMPLATE_SET_H
#define WRITE_TEMPLATE_SET_H

#include "model/service.h"
#include "text/source.h"
#include "text/template.h"

struct template_file {
    const char *name;
    const char *path;        /* as it is shown; NULL: built in */
    const char *text;        /* NULL: not read yet */
    size_t length;
    struct template *template; /* NULL: not compiled yet */
};
VEC(template_files, struct template_file);

struct template_folder {
    const char *name;          /* "migration" */
    struct templates partials; /* of migration/partials/ */
};
VEC(template_folders, struct template_folder *);

struct template_set {
    struct arena *arena;
    struct template_files files;   /* sorted by name, each name once: the one that is in force */
    struct template_folders folders; /* the partials that were read so far */
    struct template_trace trace;     /* of what was rendered last */
};

/* `service` may be NULL: then only the repository's count.  Errors: a directory that cannot be read. */
int template_set_open(struct arena *arena, const struct config *config, const struct service *service,
                      struct template_set *set, struct err *err);

/* The sets of a repository: its own, and those of services that have templates. */
struct template_sets {
    struct arena *arena;
    const struct config *config;
    struct template_set repository;
    struct template_set **services; /* by number; NULL: not asked for yet */
};
int template_sets_open(struct arena *arena, const struct config *config, size_t services, struct template_sets *sets,
                       struct err *err);

/* The one that counts for the pages of a service (NULL: of the repository). */
int template_sets_get(struct template_sets *sets, const struct service *service, struct template_set **set, struct err *err);

/* The text of the one that is in force.  Errors: ERR_INPUT, also when there is none of that name, with the nearest. */
int template_set_read(struct template_set *set, const char *name, struct source *source, struct err *err);

/*
 * Renders the one that is in force at the end of `out`; it is compiled once.  Its partials are the files of `partials/` beside it, by their
 * names without ending: {{> columns}} is migration/partials/columns.sql in migration/table.up.sql.
 */
int template_set_render(struct template_set *set, const char *name, enum template_mode mode, const struct data *data,
                        struct str *out, struct err *err);

/* The path, or "skein:templates/…" of a built-in one: what errors name. */
const char *template_file_path(struct arena *arena, const struct template_file *file);

#endif
