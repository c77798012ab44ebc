/*
 * libFuzzer's door to rules: no file of rules makes their reading crash, and what is read judges SQL without hanging.
 * A byte 0 ends the rules; what stands behind it is the SQL.
 */
#include "review/review.h"
#include "review/rule_reading.h"
#include "text/yaml.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char some_sql[] = "CREATE TABLE t (a int, b text); ALTER TABLE u ADD c int; CREATE INDEX ON u (a); DROP TABLE u, v;";

static void judge(struct arena *arena, const struct config *config, struct rule_set *rules, const char *sql)
{
    struct findings findings = {0};
    struct strings names = *rules_names(arena, rules);
    struct err err = {.arena = arena};
    const struct review review = {.arena = arena, .rules = rules, .findings = &findings};
    if (names.count > 0 && rules_only(arena, rules, &names, &err) == 0)
        review_text(&review, config, "fuzz.sql", sql, strlen(sql), NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct err err = {.arena = &arena};
    struct rule_set rules = {0};
    struct node *root = NULL;
    struct config config = {.root = "."};
    const char *text = arena_strndup(&arena, (const char *)data, size);
    size_t length = strlen(text);
    config.values[SETTING_ENVIRONMENT].text = "development";
    const struct rule_reading reading = {.arena = &arena, .environment = "development", .rules = &rules, .err = &err,
                                         .source = {.path = "fuzz.yaml", .content = text, .length = length}};
    if (yaml_read(&arena, "fuzz.yaml", text, length, &root, &err) == 0 && rule_read_document(&reading, root) == 0)
        judge(&arena, &config, &rules, length + 1 >= size ? some_sql : text + length + 1);
    arena_release(&arena);
    return 0;
}
