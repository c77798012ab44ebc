/* Does a partition's own CHECK say what its bound demands?  The server then attaches it without reading a row. */
#include "schema/effect.h"

#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum order { ORDER_UNKNOWN, ORDER_BEFORE, ORDER_SAME, ORDER_BEHIND };

static bool is_whole(const char *text)
{
    if (*text == '-')
        text++;
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits < 19 && text[digits] == '\0';
}

/* 2025-01-01, or with a time of day behind it: two of one length are in the order of their texts. */
static bool is_date(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; form[i] != '\0'; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
            return false;
    return text[10] == '\0' || text[10] == ' ' || text[10] == 'T';
}

static enum order compare(const char *a, const char *b)
{
    long long x, y;
    if (strcmp(a, b) == 0)
        return ORDER_SAME;
    if (is_whole(a) && is_whole(b)) {
        x = strtoll(a, NULL, 10);
        y = strtoll(b, NULL, 10);
        return x < y ? ORDER_BEFORE : x > y ? ORDER_BEHIND : ORDER_SAME;
    }
    if (is_date(a) && is_date(b) && strlen(a) == strlen(b))
        return strcmp(a, b) < 0 ? ORDER_BEFORE : ORDER_BEHIND;
    return ORDER_UNKNOWN; /* texts by a collation, numbers and times in other spellings */
}

/* What is asked of the checks about a column. */
struct question {
    const char *column;
    const struct partition_bound *bound;
    bool unsure;   /* a comparison was met that nobody here understands */
};

typedef bool answers(struct question *question, const struct comparison *comparison);

static bool says_not_null(struct question *question, const struct comparison *comparison)
{
    (void)question;
    return strcmp(comparison->operator, "IS NOT NULL") == 0;
}

static bool is_listed(const struct partition_bound *bound, const char *value)
{
    vec_each(one, &bound->values)
        if (*one != NULL && compare(*one, value) == ORDER_SAME)
            return true;
    return false;
}

static bool says_listed(struct question *question, const struct comparison *comparison)
{
    if (strcmp(comparison->operator, "=") != 0 && strcmp(comparison->operator, "IN") != 0)
        return false;
    vec_each(value, &comparison->values)
        if (!is_listed(question->bound, *value)) {
            question->unsure |= !is_whole(*value);
            return false;
        }
    return comparison->values.count > 0;
}

/* Every value that satisfies the comparison is at or above `limit`. */
static bool says_from(struct question *question, const struct comparison *comparison)
{
    const char *operator = comparison->operator;
    if (strcmp(operator, ">=") != 0 && strcmp(operator, ">") != 0 && strcmp(operator, "=") != 0 &&
        strcmp(operator, "IN") != 0)
        return false;
    vec_each(value, &comparison->values) {
        enum order order = compare(*value, question->bound->from.at[0]);
        question->unsure |= order == ORDER_UNKNOWN;
        if (order != ORDER_SAME && order != ORDER_BEHIND)
            return false;
    }
    return comparison->values.count > 0;
}

/* … and below the upper one, which itself is outside. */
static bool says_to(struct question *question, const struct comparison *comparison)
{
    const char *operator = comparison->operator;
    bool less = strcmp(operator, "<") == 0;
    if (!less && strcmp(operator, "<=") != 0 && strcmp(operator, "=") != 0 && strcmp(operator, "IN") != 0)
        return false;
    vec_each(value, &comparison->values) {
        enum order order = compare(*value, question->bound->to.at[0]);
        question->unsure |= order == ORDER_UNKNOWN;
        if (order != ORDER_BEFORE && !(order == ORDER_SAME && less))
            return false;
    }
    return comparison->values.count > 0;
}

static bool mentions(const struct expression *expression, const char *column)
{
    vec_each(one, &expression->columns)
        if (str_same(*one, column))
            return true;
    return false;
}

static enum truth checks_say(const struct relation *partition, struct question *question, answers *answer)
{
    bool unsure = false;
    vec_each(constraint, &partition->constraints) {
        if (constraint->kind != CONSTRAINT_CHECK || constraint->dropped || constraint->valid == TRUTH_NO)
            continue;
        if (constraint->check == NULL || constraint->valid == TRUTH_UNKNOWN || constraint->check->opaque) {
            unsure = true;
            continue;
        }
        vec_each(comparison, &constraint->check->all_of)
            if (str_same(comparison->column, question->column) && answer(question, comparison))
                return TRUTH_YES;
        unsure |= !constraint->check->only_comparisons && mentions(constraint->check, question->column);
    }
    return unsure || question->unsure || !partition->complete ? TRUTH_UNKNOWN : TRUTH_NO;
}

static bool has_checks(const struct relation *partition)
{
    vec_each(constraint, &partition->constraints)
        if (constraint->kind == CONSTRAINT_CHECK && !constraint->dropped && constraint->valid != TRUTH_NO)
            return true;
    return false;
}

static enum truth says_not_null_anyhow(const struct relation *partition, struct question *question)
{
    const struct column *column = relation_column(partition, question->column);
    if (column != NULL && !column->dropped && column->not_null == TRUTH_YES)
        return TRUTH_YES;
    enum truth said = checks_say(partition, question, says_not_null);
    return said == TRUTH_NO && column != NULL && column->not_null == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : said;
}

static enum truth both(enum truth a, enum truth b)
{
    if (a == TRUTH_NO || b == TRUTH_NO)
        return TRUTH_NO;
    return a == TRUTH_YES ? b : a;
}

static enum truth list_is_implied(const struct relation *partition, struct question *question)
{
    enum truth listed = checks_say(partition, question, says_listed);
    vec_each(value, &question->bound->values)
        if (*value == NULL)
            return listed;
    return both(listed, says_not_null_anyhow(partition, question));
}

static enum truth range_is_implied(const struct relation *partition, struct question *question)
{
    enum truth implied = says_not_null_anyhow(partition, question);
    if (question->bound->from.count != 1 || question->bound->to.count != 1)
        return TRUTH_UNKNOWN;
    if (question->bound->from.at[0] != NULL)
        implied = both(implied, checks_say(partition, question, says_from));
    if (question->bound->to.at[0] != NULL)
        implied = both(implied, checks_say(partition, question, says_to));
    return implied;
}

/* DEFAULT holds what no other partition does: nothing is asked of it as long as there is no other. */
static enum truth default_is_implied(const struct relation *parent, const struct relation *partition)
{
    if (parent->partitions.count > 0)
        return has_checks(partition) || !partition->complete ? TRUTH_UNKNOWN : TRUTH_NO;
    return parent->complete ? TRUTH_YES : TRUTH_UNKNOWN;
}

enum truth effect_bound_is_implied(const struct relation *parent, const struct relation *partition,
                                   const struct partition_bound *bound)
{
    if (bound->strategy != 'l' && bound->strategy != 'r' && bound->strategy != 'h')
        return default_is_implied(parent, partition);
    if (partition->complete && !has_checks(partition) && bound->strategy == 'l')
        return TRUTH_NO;
    if (bound->strategy == 'h' || !bound->understood || parent->partition_keys.count != 1 ||
        parent->partition_keys.at[0].column == NULL)
        return has_checks(partition) || !partition->complete ? TRUTH_UNKNOWN : TRUTH_NO;
    struct question question = {.column = parent->partition_keys.at[0].column, .bound = bound};
    return bound->strategy == 'l' ? list_is_implied(partition, &question) : range_is_implied(partition, &question);
}

/* No value that satisfies the comparison is within the bound.  NULL is in no range. */
static bool says_outside(struct question *question, const struct comparison *comparison)
{
    const char *operator = comparison->operator;
    const char *from = question->bound->from.at[0], *to = question->bound->to.at[0];
    if (strcmp(operator, "IS NULL") == 0)
        return true;
    if (comparison->values.count != 1)
        return false;
    enum order below = from == NULL ? ORDER_BEHIND : compare(comparison->values.at[0], from);
    enum order above = to == NULL ? ORDER_BEFORE : compare(comparison->values.at[0], to);
    question->unsure |= below == ORDER_UNKNOWN || above == ORDER_UNKNOWN;
    if (strcmp(operator, "<") == 0)
        return below == ORDER_BEFORE || below == ORDER_SAME;
    if (strcmp(operator, "<=") == 0)
        return below == ORDER_BEFORE;
    return (strcmp(operator, ">=") == 0 || strcmp(operator, ">") == 0) && (above == ORDER_SAME || above == ORDER_BEHIND);
}

static bool excludes_range(const struct expression *check, struct question *question)
{
    size_t outside = 0;
    vec_each(comparison, &check->all_of)
        if (str_same(comparison->column, question->column) && says_outside(question, comparison))
            return true;
    vec_each(comparison, &check->any_of)
        outside += str_same(comparison->column, question->column) && says_outside(question, comparison);
    return outside > 0 && outside == check->any_of.count;
}

static bool excludes_value(const struct expression *check, const char *column, const char *value)
{
    vec_each(comparison, &check->all_of) {
        if (!str_same(comparison->column, column))
            continue;
        if (value == NULL && strcmp(comparison->operator, "IS NOT NULL") == 0)
            return true;
        if (value == NULL || (strcmp(comparison->operator, "<>") != 0 && strcmp(comparison->operator, "NOT IN") != 0))
            continue;
        vec_each(other, &comparison->values)
            if (compare(*other, value) == ORDER_SAME)
                return true;
    }
    return false;
}

static bool excludes_list(const struct expression *check, const struct question *question)
{
    vec_each(value, &question->bound->values)
        if (!excludes_value(check, question->column, *value))
            return false;
    return question->bound->values.count > 0;
}

static enum truth check_excludes(const struct constraint *constraint, struct question *question)
{
    const struct expression *check = constraint->check;
    if (constraint->kind != CONSTRAINT_CHECK || constraint->dropped || constraint->valid == TRUTH_NO)
        return TRUTH_NO;
    if (check == NULL || check->opaque)
        return TRUTH_UNKNOWN;
    if (question->bound->strategy == 'l' ? excludes_list(check, question) : excludes_range(check, question))
        return constraint->valid;
    bool read = check->only_comparisons || check->any_of.count > 0;
    return question->unsure || (!read && mentions(check, question->column)) ? TRUTH_UNKNOWN : TRUTH_NO;
}

enum truth effect_bound_is_excluded(const struct relation *parent, const struct relation *partition,
                                    const struct partition_bound *bound)
{
    struct question question = {.column = parent->partition_keys.count == 1 ? parent->partition_keys.at[0].column : NULL,
                                .bound = bound};
    bool range = bound->strategy == 'r' && bound->from.count == 1 && bound->to.count == 1;
    enum truth excluded = partition->complete ? TRUTH_NO : TRUTH_UNKNOWN;
    if (question.column == NULL || !bound->understood || (bound->strategy != 'l' && !range))
        return has_checks(partition) ? TRUTH_UNKNOWN : excluded;
    vec_each(constraint, &partition->constraints) {
        enum truth one = check_excludes(constraint, &question);
        if (one == TRUTH_YES)
            return TRUTH_YES;
        excluded = one == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : excluded;
    }
    return excluded;
}

static bool is_before(const char *from, const char *to)
{
    return from == NULL || to == NULL || compare(from, to) == ORDER_BEFORE;
}

bool effect_bound_is_empty(const struct partition_bound *bound)
{
    if (bound->strategy != 'r' || !bound->understood || bound->from.count != 1 || bound->to.count != 1 ||
        bound->from.at[0] == NULL || bound->to.at[0] == NULL)
        return false;
    enum order order = compare(bound->from.at[0], bound->to.at[0]);
    return order == ORDER_SAME || order == ORDER_BEHIND;
}

bool effect_bounds_overlap(const struct partition_bound *a, const struct partition_bound *b)
{
    if (a->strategy != b->strategy || !a->understood || !b->understood)
        return false;
    if (a->strategy == 'r')
        return a->from.count == 1 && b->from.count == 1 && is_before(a->from.at[0], b->to.at[0]) &&
               is_before(b->from.at[0], a->to.at[0]);
    vec_each(value, &a->values)
        vec_each(other, &b->values)
            if (*value == *other || (*value != NULL && *other != NULL && compare(*value, *other) == ORDER_SAME))
                return true;
    return false;
}
