/* What is known of a fact: a construct that nobody here understands makes it unknown, never wrong. */
#ifndef SQL_TRUTH_H
#define SQL_TRUTH_H

enum truth { TRUTH_UNKNOWN, TRUTH_NO, TRUTH_YES };

static inline enum truth truth_of(int value)
{
    return value ? TRUTH_YES : TRUTH_NO;
}

static inline enum truth truth_not(enum truth truth)
{
    return truth == TRUTH_UNKNOWN ? truth : truth_of(truth == TRUTH_NO);
}

#endif
