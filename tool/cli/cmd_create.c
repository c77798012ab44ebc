#include "base/batch.h"
#include "base/flock.h"
#include "base/path.h"
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/new_migration.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct pair {
    const char *directory, *version, *name, *extension;
    bool single; /* one file for both directions, as all others of the directory are */
};

static int read_extension(struct arena *arena, const char *text, const char **extension, struct err *err)
{
    *extension = text == NULL ? "sql" : arena_strdup(arena, text + (*text == '.'));
    for (const char *at = *extension; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && strchr("_-.", *at) == NULL)
            return err_set(err, ERR_USAGE, "'%s' cannot be a file extension", text);
    return **extension == '\0' ? err_set(err, ERR_USAGE, "the file extension is empty") : 0;
}

static int next_version(struct run *run, struct pair *pair, struct err *err)
{
    struct numbering numbering = {0};
    if (new_migration_look(run, pair->directory, &numbering, err) != 0)
        return -1;
    pair->single = new_migration_is_single(run, &numbering);
    return new_migration_version(run, &numbering, &pair->version, err);
}

static char *path_of(struct arena *arena, const struct pair *pair, const char *direction)
{
    return path_absolute(arena, path_join(arena, pair->directory,
                                          arena_printf(arena, "%s_%s.%s.%s", pair->version, pair->name, direction,
                                                       pair->extension)));
}

static void print(struct run *run, const struct pair *pair, const char *up, const char *down)
{
    if (option_on(&run->options, OPTION_JSON)) {
        struct json *document = json_log_document(run->arena);
        json_set_text(document, "version", pair->version);
        json_set_text(document, "up", up);
        json_set_text(document, "down", down);
        json_log_print(run->arena, document);
    } else {
        printf("%s\n", up);
        if (!pair->single)
            printf("%s\n", down);
    }
}

static int write_pair(struct run *run, const struct pair *pair, struct err *err)
{
    char *up = path_of(run->arena, pair, "up"), *down = path_of(run->arena, pair, "down");
    struct batch batch = new_migration_batch(run, pair->directory);
    batch_create(&batch, up, "");
    batch_create(&batch, down, "");
    if (new_migration_write(run, &batch, err) != 0)
        return -1;
    print(run, pair, up, down);
    return 0;
}

static int write_single(struct run *run, const struct pair *pair, struct err *err)
{
    struct arena *arena = run->arena;
    char *name = arena_printf(arena, "%s_%s.sql", pair->version, pair->name);
    char *path = path_absolute(arena, path_join(arena, pair->directory, name));
    struct batch batch = new_migration_batch(run, NULL);
    batch_create(&batch, path, new_migration_single(arena, pair->name, NULL, "", ""));
    if (new_migration_write(run, &batch, err) != 0)
        return -1;
    print(run, pair, path, path);
    return 0;
}

/* From the look at the directory until the files are there, nobody else may take the number. */
int cmd_create(struct run *run, struct err *err)
{
    const char *text = argument_text(run, OPTION_NAME);
    struct pair pair = {0};
    int lock;
    if (text == NULL) {
        err_set(err, ERR_USAGE, "create needs a name");
        return err_hint(err, "skein create add_users");
    }
    if (new_migration_name(run->arena, text, &pair.name, err) != 0 ||
        read_extension(run->arena, run->options.text[OPTION_EXT], &pair.extension, err) != 0 ||
        new_migration_directory(run, &pair.directory, err) != 0 || new_migration_lock(run, pair.directory, &lock, NULL, err) != 0)
        return -1;
    int status = next_version(run, &pair, err);
    if (status == 0)
        status = pair.single ? write_single(run, &pair, err) : write_pair(run, &pair, err);
    flock_release(lock);
    return status;
}
