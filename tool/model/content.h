/* The bytes of migration files, within the limit that SETTING_MAX_FILE_SIZE sets. */
#ifndef MODEL_CONTENT_H
#define MODEL_CONTENT_H

#include "base/arena.h"
#include "base/err.h"

#include <stddef.h>

/* As file_read; a file above the limit is ERR_INPUT that names size, limit and setting. */
int content_read(struct arena *arena, const char *path, long long limit, char **content, size_t *length,
                 struct err *err);

/* SHA-256 in hex over a whole file, read piece by piece. */
int content_checksum(const char *path, long long limit, char hex[65], struct err *err);

#endif
