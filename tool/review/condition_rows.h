/* The tables of conditions, by subject. */
#ifndef REVIEW_CONDITION_ROWS_H
#define REVIEW_CONDITION_ROWS_H

#include "review/condition.h"
#include "review/facts.h"

extern const struct condition_row statement_conditions[], table_conditions[], object_conditions[], column_conditions[],
    constraint_conditions[], index_conditions[], effect_conditions[], transaction_conditions[], rerun_conditions[], style_conditions[],
    run_conditions[];

/* Does the number stand to that of the condition as its operator says? */
enum truth number_compares(const struct condition *condition, long long number);

/* Is the value the word of the condition, or one of its words: "text|varchar"? */
bool word_is(const struct condition *condition, const char *value);

#endif
