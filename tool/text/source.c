#include "text/source.h"

#include "base/file.h"
#include "text/regex.h"

#include <string.h>

static int fail(const struct source *source, struct place place, struct err *err, const char *format,
                va_list arguments)
{
    err_set(err, ERR_INPUT, "%s", arena_vprintf(err->arena, format, arguments));
    err->source_line = file_line(err->arena, source->content, source->length, place.line);
    return err_at(err, source->path, place.line, place.column);
}

int source_fail(const struct source *source, size_t offset, struct err *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(source, file_place(source->path, source->content, offset), err, format, arguments);
    va_end(arguments);
    return -1;
}

int source_fail_at(const struct source *source, struct place place, struct err *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(source, place, err, format, arguments);
    va_end(arguments);
    return -1;
}

int source_check(const struct source *source, struct err *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t bad_at = 0;
    if (source->length >= 3 && memcmp(source->content, mark, 3) == 0) {
        source_fail(source, 0, err, "the file begins with a byte order mark");
        return err_hint(err, "save it as UTF-8 without BOM: sed -i '1s/^\\xEF\\xBB\\xBF//' FILE");
    }
    const char *nul = source->length == 0 ? NULL : memchr(source->content, '\0', source->length);
    if (nul != NULL) {
        source_fail(source, (size_t)(nul - source->content), err, "the file holds a NUL byte; a text was expected");
        return err_hint(err, "save it as UTF-8; a NUL byte is a sign of UTF-16 or of a damaged file");
    }
    if (!regex_is_utf8(source->content, source->length, &bad_at)) {
        source_fail(source, bad_at, err, "the byte 0x%02X is not UTF-8", (unsigned char)source->content[bad_at]);
        return err_hint(err, "save the file as UTF-8: iconv -f LATIN1 -t UTF-8 FILE");
    }
    return 0;
}
