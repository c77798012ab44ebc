/*
 * The record of a batch: "skein batch 1", then for each file and directory a line of lengths, of path, content, old
 * content and new path, -1 for what there is not, and these texts.
 */
#include "base/batch_record.h"

#include "base/file.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RECORD_MODE = 0600 };

static const char title[] = "skein batch 1\n";

static const char *path_of(const struct batch *batch)
{
    return path_join(batch->arena, batch->directory, BATCH_RECORD);
}

static long length_of(const char *text, size_t length)
{
    return text == NULL ? -1 : (long)length;
}

static void add_file(struct str *out, const struct batch_file *file)
{
    const char *path = path_absolute(out->arena, file->path);
    const char *new_path = file->new_path == NULL ? NULL : path_absolute(out->arena, file->new_path);
    size_t new_length = new_path == NULL ? 0 : strlen(new_path);
    str_addf(out, "%zu %ld %ld %ld\n", strlen(path), length_of(file->content, file->length),
             length_of(file->old, file->old_length), length_of(new_path, new_length));
    str_add(out, path);
    str_add_bytes(out, file->content, file->length);
    str_add_bytes(out, file->old, file->old_length);
    str_add_bytes(out, new_path, new_length);
    str_add_char(out, '\n');
}

int batch_record_write(struct batch *batch, struct err *err)
{
    struct str out = str_new(batch->arena);
    str_add(&out, title);
    vec_each(path, &batch->missing)
        add_file(&out, &(struct batch_file){.path = *path});
    vec_each(file, &batch->files)
        add_file(&out, file);
    return file_write(batch->arena, path_of(batch), out.at, out.length, RECORD_MODE, err);
}

void batch_record_remove(struct batch *batch)
{
    unlink(path_of(batch));
}

/* A number and the character behind it; false: it is not there. */
static bool take_length(struct span *span, char behind, long *length)
{
    char *end;
    *length = strtol(span->at, &end, 10);
    if (end == span->at || *end != behind || *length < -1 || *length > (long)span->length)
        return false;
    span->length -= (size_t)(end + 1 - span->at);
    span->at = end + 1;
    return true;
}

static bool take_text(struct batch *batch, struct span *span, long length, const char **text, size_t *size)
{
    *text = NULL;
    *size = 0;
    if (length < 0)
        return true;
    if ((size_t)length > span->length)
        return false;
    *text = arena_strndup(batch->arena, span->at, (size_t)length);
    *size = (size_t)length;
    span->at += length;
    span->length -= (size_t)length;
    return true;
}

static bool take_file(struct batch *batch, struct span *span, struct batch_file *file)
{
    long path, content, old, new_path;
    size_t unused;
    return take_length(span, ' ', &path) && take_length(span, ' ', &content) && take_length(span, ' ', &old) &&
           take_length(span, '\n', &new_path) && path > 0 && take_text(batch, span, path, &file->path, &unused) &&
           take_text(batch, span, content, &file->content, &file->length) &&
           take_text(batch, span, old, &file->old, &file->old_length) &&
           take_text(batch, span, new_path, &file->new_path, &unused) && span_take(span, "\n");
}

static bool read_files(struct batch *batch, struct span span)
{
    if (!span_take(&span, title))
        return false;
    while (span.length > 0) {
        struct batch_file file = {0};
        if (!take_file(batch, &span, &file))
            return false;
        if (file.content == NULL && file.old == NULL && file.new_path == NULL)
            *vec_add(batch->arena, &batch->missing) = file.path;
        else
            *vec_add(batch->arena, &batch->files) = file;
    }
    return true;
}

int batch_record_read(struct batch *batch, struct err *err)
{
    const char *path = path_of(batch);
    char *text;
    size_t length;
    if (file_kind(path) == FILE_NONE)
        return 0;
    if (file_read(batch->arena, path, 0, &text, &length, err) != 0)
        return -1;
    if (read_files(batch, (struct span){text, length}))
        return 0;
    err_set(err, ERR_INPUT, "%s is no record of an interrupted run", path);
    return err_hint(err, "see what is there, mend it, and remove the file");
}
