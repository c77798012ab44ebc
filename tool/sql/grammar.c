#include "sql/grammar.h"

#include <pg_query.h>

const char grammar_version[] = PG_VERSION;
const int grammar_major = PG_VERSION_NUM / 10000;
