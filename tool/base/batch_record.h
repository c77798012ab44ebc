/* What a batch is about to do, on disk: for batch*.c alone. */
#ifndef BASE_BATCH_RECORD_H
#define BASE_BATCH_RECORD_H

#include "base/batch.h"

/* All files of the batch, with what stood there before, and the directories that are missing. */
int batch_record_write(struct batch *batch, struct err *err);
void batch_record_remove(struct batch *batch);

/* What was written; a batch without files where there is no record. */
int batch_record_read(struct batch *batch, struct err *err);

/* batch.c: takes back what the first `count` files have become, the last first, and the directories. */
void batch_take_back(struct batch *batch, size_t count);
bool batch_is_same_file(const char *a, const char *b);

#endif
