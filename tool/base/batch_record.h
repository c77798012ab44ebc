/* What a batch is about to do, on disk: for batch.c alone. */
#ifndef BASE_BATCH_RECORD_H
#define BASE_BATCH_RECORD_H

#include "base/batch.h"

/* All files of the batch, with what stood there before, and the directories that are missing. */
int batch_record_write(struct batch *batch, struct err *err);
void batch_record_remove(struct batch *batch);

/* What was written; a batch without files where there is no record. */
int batch_record_read(struct batch *batch, struct err *err);

#endif
