#include "review/condition_rows.h"

#include "base/str.h"
#include "text/nearest.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const struct condition_subject condition_subjects[] = {
    {"The statement", statement_conditions},
    {"The table", table_conditions},
    {"The object", object_conditions},
    {"The column", column_conditions},
    {"The constraint", constraint_conditions},
    {"The index", index_conditions},
    {"What it does", effect_conditions},
    {"The transaction", transaction_conditions},
    {"Sending it", rerun_conditions},
    {"Style", style_conditions},
    {"The run", run_conditions},
    {NULL, NULL},
};

static const char *const operators[] = {">=", "<=", ">", "<", "=", NULL};

struct reading {
    struct arena *arena;
    struct strings words;         /* of the condition, split at blanks */
    size_t at;
    struct place place;
    struct err *err;
};

static int fail(const struct reading *reading)
{
    return err_at(reading->err, reading->place.file, reading->place.line, reading->place.column);
}

static const char *next_word(struct reading *reading)
{
    return reading->at < reading->words.count ? reading->words.at[reading->at++] : NULL;
}

static bool take(struct reading *reading, const char *word)
{
    if (reading->at == reading->words.count || strcmp(reading->words.at[reading->at], word) != 0)
        return false;
    reading->at++;
    return true;
}

static struct strings split(struct arena *arena, const char *text)
{
    struct strings words = {0};
    for (text += strspn(text, " \t\n"); *text != '\0'; text += strspn(text, " \t\n")) {
        size_t length = strcspn(text, " \t\n");
        *vec_add(arena, &words) = arena_strndup(arena, text, length);
        text += length;
    }
    return words;
}

static const struct condition_row *find_row(const char *name)
{
    for (const struct condition_subject *subject = condition_subjects; subject->title != NULL; subject++)
        for (const struct condition_row *row = subject->rows; row->name != NULL; row++)
            if (strcmp(row->name, name) == 0)
                return row;
    return NULL;
}

static int unknown(const struct reading *reading, const char *what, const char *word, const struct strings *known)
{
    const char *nearest = nearest_find(word, known);
    err_set(reading->err, ERR_INPUT, "unknown %s \"%s\"", what, word);
    if (nearest != NULL)
        err_hint(reading->err, "did you mean \"%s\"?", nearest);
    else if (known->count <= 12)
        err_hint(reading->err, "there are %s", words_join(reading->arena, known));
    else
        err_hint(reading->err, "docs/rules.md lists them all");
    return fail(reading);
}

static int unknown_condition(const struct reading *reading, const char *name)
{
    struct strings known = {0};
    for (const struct condition_subject *subject = condition_subjects; subject->title != NULL; subject++)
        for (const struct condition_row *row = subject->rows; row->name != NULL; row++)
            *vec_add(reading->arena, &known) = row->name;
    return unknown(reading, "condition", name, &known);
}

static int read_operator(struct reading *reading, struct condition *condition)
{
    const char *word = next_word(reading);
    for (const char *const *known = operators; word != NULL && *known != NULL; known++) {
        if (strcmp(*known, word) == 0) {
            memcpy(condition->operator, word, strlen(word) + 1);
            return 0;
        }
    }
    err_set(reading->err, ERR_INPUT, "%s wants an operator and %s: %s >= %s", condition->row->name,
            condition->row->argument == ARGUMENT_LOCK ? "a lock" : "a number", condition->row->name,
            condition->row->argument == ARGUMENT_LOCK ? "ACCESS-EXCLUSIVE" : "12");
    return fail(reading);
}

/* "12", "10MB", "1k" */
static bool read_number(const char *text, long long *number)
{
    static const struct { const char *unit; long long factor; } units[] = {
        {"", 1}, {"k", 1000}, {"M", 1000000}, {"kB", 1024}, {"MB", 1024LL * 1024}, {"GB", 1024LL * 1024 * 1024},
    };
    char *end = NULL;
    errno = 0;
    *number = strtoll(text, &end, 10);
    if (end == text || errno != 0 || !isdigit((unsigned char)*text) || *number > 1000000000)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(units[i].unit, end) != 0)
            continue;
        *number *= units[i].factor;
        return true;
    }
    return false;
}

static int read_number_argument(struct reading *reading, struct condition *condition)
{
    bool compared = condition->row->argument == ARGUMENT_NUMBER;
    if (compared && read_operator(reading, condition) != 0)
        return -1;
    const char *word = next_word(reading);
    if (word != NULL && read_number(word, &condition->number))
        return 0;
    err_set(reading->err, ERR_INPUT, "%s%s%s wants a number, such as 12, 10k or 10MB", condition->row->name,
            compared ? " " : "", condition->operator);
    return fail(reading);
}

static int read_lock_argument(struct reading *reading, struct condition *condition)
{
    struct strings known = {0};
    if (read_operator(reading, condition) != 0)
        return -1;
    const char *word = next_word(reading);
    for (int mode = LOCK_ACCESS_SHARE; mode < LOCK_MODES; mode++) {
        char *name = arena_strdup(reading->arena, lock_mode_names[mode]);
        for (char *c = name; *c != '\0'; c++)
            if (*c == ' ')
                *c = '-';
        if (word != NULL && strcmp(word, name) == 0) {
            condition->number = mode;
            return 0;
        }
        *vec_add(reading->arena, &known) = name;
    }
    return unknown(reading, "lock", word == NULL ? "" : word, &known);
}

static bool holds(const struct strings *words, const char *word)
{
    vec_each(known, words)
        if (strcmp(*known, word) == 0)
            return true;
    return false;
}

/* One word, or several: "text|varchar". */
static int read_word_argument(struct reading *reading, struct condition *condition)
{
    struct strings known = {0};
    condition->word = next_word(reading);
    if (condition->word == NULL) {
        err_set(reading->err, ERR_INPUT, "%s wants a word", condition->row->name);
        if (condition->row->words != NULL) {
            for (const char *const *word = condition->row->words; *word != NULL; word++)
                *vec_add(reading->arena, &known) = *word;
            err_hint(reading->err, "there are %s", words_join(reading->arena, &known));
        }
        return fail(reading);
    }
    if (condition->row->words == NULL)
        return 0;
    for (const char *const *word = condition->row->words; *word != NULL; word++)
        *vec_add(reading->arena, &known) = *word;
    for (const char *at = condition->word;; at++) {
        const char *one = arena_strndup(reading->arena, at, strcspn(at, "|"));
        if (!holds(&known, one))
            return unknown(reading, condition->row->name, one, &known);
        at += strlen(one);
        if (*at == '\0')
            return 0;
    }
}

int condition_read(struct arena *arena, const char *text, struct place place, struct condition *condition,
                   struct err *err)
{
    static int (*const readers[])(struct reading *, struct condition *) = {
        [ARGUMENT_NUMBER] = read_number_argument,
        [ARGUMENT_COUNT] = read_number_argument,
        [ARGUMENT_WORD] = read_word_argument,
        [ARGUMENT_LOCK] = read_lock_argument,
    };
    struct reading reading = {.arena = arena, .words = split(arena, text), .place = place, .err = err};
    *condition = (struct condition){.text = text, .place = place};
    condition->maybe = take(&reading, "maybe");
    condition->negated = take(&reading, "not");
    const char *name = next_word(&reading);
    if (name == NULL) {
        err_set(err, ERR_INPUT, "a condition is missing");
        return fail(&reading);
    }
    condition->row = find_row(name);
    if (condition->row == NULL)
        return unknown_condition(&reading, name);
    if (condition->row->argument != ARGUMENT_NONE && readers[condition->row->argument](&reading, condition) != 0)
        return -1;
    if (reading.at == reading.words.count)
        return 0;
    err_set(err, ERR_INPUT, "\"%s\" is more than the condition %s takes", reading.words.at[reading.at], name);
    return fail(&reading);
}

bool condition_holds(const struct condition *condition, const struct situation *situation)
{
    enum truth truth = condition->row->ask(situation, condition);
    if (condition->negated)
        truth = truth_not(truth);
    return truth == TRUTH_YES || (condition->maybe && truth == TRUTH_UNKNOWN);
}

enum truth number_compares(const struct condition *condition, long long number)
{
    const char *operator = condition->operator;
    bool equal = number == condition->number && strcmp(operator, "<") != 0 && strcmp(operator, ">") != 0;
    bool beyond = operator[0] == '>' ? number > condition->number : operator[0] == '<' && number < condition->number;
    return truth_of(equal || beyond);
}

bool word_is(const struct condition *condition, const char *value)
{
    const char *at = condition->word;
    while (value != NULL) {
        size_t length = strcspn(at, "|");
        if (span_equals((struct span){at, length}, value))
            return true;
        if (at[length] == '\0')
            return false;
        at += length + 1;
    }
    return false;
}
