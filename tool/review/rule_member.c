/* The members of a rule in YAML, by table. */
#include "review/rule_reading.h"

#include "base/str.h"
#include "review/rule_text.h"
#include "text/nearest.h"
#include "text/regex.h"

#include <string.h>
#include <strings.h>

enum member_type { MEMBER_TEXT, MEMBER_SWITCH, MEMBER_OTHER };

struct member {
    const char *key;
    enum member_type type;
    size_t offset;
    int (*read)(const struct rule_reading *reading, struct rule *rule, const struct node *node);
};

/* "unknown WHAT "word"", with the nearest of those that are known. */
static int unknown(const struct rule_reading *reading, struct place place, const char *what, const char *word,
                   const struct strings *known)
{
    const char *nearest = nearest_find(word, known);
    rule_fail(reading, place, "unknown %s \"%s\"", what, word);
    if (nearest != NULL)
        return err_hint(reading->err, "did you mean \"%s\"?", nearest);
    if (known->count <= 24)
        return err_hint(reading->err, "there are %s", words_join(reading->arena, known));
    return err_hint(reading->err, "docs/rules.md lists them all");
}

static int expected(const struct rule_reading *reading, const struct node *node, const char *what)
{
    return rule_fail(reading, node->place, "%s is %s; expected %s", node->key == NULL ? "this" : node->key,
                     node_kind_name(node->kind), what);
}

/* One of the words, NULL-terminated, as its number; -1 with the error. */
static int read_word(const struct rule_reading *reading, const struct node *node, const char *const *words)
{
    struct strings known = {0};
    if (node->text == NULL)
        return expected(reading, node, "a word");
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], node->text) == 0)
            return i;
        *vec_add(reading->arena, &known) = words[i];
    }
    return unknown(reading, node->place, node->key == NULL ? "word" : node->key, node->text, &known);
}

/* true, on; false, off.  -1 with the error. */
static int read_truth(const struct rule_reading *reading, const struct node *node)
{
    static const char *const words[] = {"off", "on", NULL};
    return node->kind == NODE_BOOL ? node->truth : read_word(reading, node, words);
}

static int read_severity_word(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    static const char *const words[] = {"note", "warning", "error", NULL};
    int word = read_word(reading, node, words);
    if (word >= 0)
        rule->severity = (enum severity)word;
    return word < 0 ? -1 : 0;
}

/* A word, or a word for each environment, `default` for all others. */
static int read_severity(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    const struct node *found = NULL;
    struct rule unused;
    if (node->kind != NODE_MAP)
        return read_severity_word(reading, rule, node);
    node_each(child, node) {
        if (read_severity_word(reading, &unused, child) != 0)
            return -1;
        if (strcmp(child->key, reading->environment) == 0 || (found == NULL && strcmp(child->key, "default") == 0))
            found = child;
    }
    return found == NULL ? 0 : read_severity_word(reading, rule, found);
}

static int read_default(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    int truth = read_truth(reading, node);
    if (truth >= 0)
        rule->on = truth;
    return truth < 0 ? -1 : 0;
}

int rule_read_switch(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    static const char *const words[] = {"note", "warning", "error", "off", "on", NULL};
    enum { OFF = 3, ON };
    int word = node->kind == NODE_BOOL ? (node->truth ? ON : OFF) : read_word(reading, node, words);
    if (word < 0)
        return -1;
    rule->on = word != OFF;
    if (word < OFF)
        rule->severity = (enum severity)word;
    return 0;
}

static int unknown_name(const struct rule_reading *reading, const struct node *node, const char *what, const char *word,
                        const char *const *names, size_t count)
{
    struct strings known = {0};
    for (size_t i = 0; i < count; i++)
        if (*names[i] != '\0')
            *vec_add(reading->arena, &known) = names[i];
    return unknown(reading, node->place, what, word, &known);
}

static int read_object(const struct rule_reading *reading, const struct node *node, const char *word,
                       enum object_kind *object)
{
    for (int kind = OBJECT_NONE + 1; kind < OBJECT_KINDS; kind++) {
        if (strcasecmp(object_kind_names[kind], word) == 0) {
            *object = (enum object_kind)kind;
            return 0;
        }
    }
    return unknown_name(reading, node, "object", word, object_kind_names, OBJECT_KINDS);
}

/* ACTION_KINDS: none. */
static enum action_kind find_action(struct span word)
{
    for (int kind = 0; kind < ACTION_KINDS; kind++)
        if (span_equals(word, action_kind_names[kind]))
            return (enum action_kind)kind;
    return ACTION_KINDS;
}

static void add_all(const struct rule_reading *reading, struct rule *rule)
{
    for (int kind = 0; kind < ACTION_END; kind++)
        *vec_add(reading->arena, &rule->kinds) = (struct rule_kind){(enum action_kind)kind, OBJECT_NONE};
}

/* "drop-table" is meant to be "drop table"; NULL: it is not. */
static const char *join_kind(const struct rule_reading *reading, const char *text)
{
    const char *dash = strchr(text, '-');
    for (; dash != NULL; dash = strchr(dash + 1, '-')) {
        if (find_action((struct span){text, (size_t)(dash - text)}) == ACTION_KINDS)
            continue;
        for (int kind = OBJECT_NONE + 1; kind < OBJECT_KINDS; kind++)
            if (strcasecmp(object_kind_names[kind], dash + 1) == 0)
                return arena_printf(reading->arena, "%.*s %s", (int)(dash - text), text, dash + 1);
    }
    return NULL;
}

/* "create-index", "drop table", "all" */
static int read_kind(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    if (node->text == NULL)
        return expected(reading, node, "the kind of a statement, such as create-index");
    const struct span word = {node->text, strcspn(node->text, " ")};
    const char *object = word.at + word.length + strspn(word.at + word.length, " ");
    struct rule_kind kind = {find_action(word), OBJECT_NONE};
    if (strcmp(node->text, "all") == 0) {
        add_all(reading, rule);
        return 0;
    }
    if (kind.action == ACTION_KINDS && word.length == strlen(node->text) && join_kind(reading, node->text) != NULL)
        return rule_fail(reading, node->place, "unknown kind of statement \"%s\"; did you mean %s?", node->text,
                         join_kind(reading, node->text));
    if (kind.action == ACTION_KINDS)
        return unknown_name(reading, node, "kind of statement", arena_strndup(reading->arena, word.at, word.length),
                            action_kind_names, ACTION_KINDS);
    if (*object != '\0' && read_object(reading, node, object, &kind.object) != 0)
        return -1;
    *vec_add(reading->arena, &rule->kinds) = kind;
    return 0;
}

static int read_kinds(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    rule->kinds = (struct rule_kinds){0};
    if (node->kind != NODE_LIST)
        return read_kind(reading, rule, node);
    node_each(item, node)
        if (read_kind(reading, rule, item) != 0)
            return -1;
    return 0;
}

static int read_conditions(const struct rule_reading *reading, const struct node *node, struct conditions *conditions)
{
    *conditions = (struct conditions){0};
    if (node->kind != NODE_LIST && node->text == NULL)
        return expected(reading, node, "a list of conditions");
    for (const struct node *item = node->kind == NODE_LIST ? node->first : node; item != NULL;
         item = node->kind == NODE_LIST ? item->next : NULL) {
        if (item->text == NULL)
            return expected(reading, item, "a condition");
        if (condition_read(reading->arena, item->text, item->place, vec_add(reading->arena, conditions),
                           reading->err) != 0)
            return -1;
    }
    return 0;
}

static int read_when(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    return read_conditions(reading, node, &rule->when);
}

static int read_unless(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    return read_conditions(reading, node, &rule->unless);
}

static int read_each(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    static const char *const words[] = {"action", "column", "constraint", "assignment", "identifier", NULL};
    int word = read_word(reading, node, words);
    if (word >= 0)
        rule->each = (enum rule_each)word;
    return word < 0 ? -1 : 0;
}

/* true is once in a file. */
static int read_once(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    static const char *const words[] = {"off", "file", "statement", "object", NULL};
    int word = node->kind == NODE_BOOL ? (int)node->truth : read_word(reading, node, words);
    if (word >= 0)
        rule->once = (enum rule_once)word;
    return word < 0 ? -1 : 0;
}

static int read_directions(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    static const char *const words[] = {"up", "both", NULL};
    int word = read_word(reading, node, words);
    if (word >= 0)
        rule->downs = word == 1;
    return word < 0 ? -1 : 0;
}

static int add_counterparts(const struct rule_reading *reading, struct rule *rule, const struct node *tool)
{
    if (tool->kind != NODE_LIST && tool->text == NULL)
        return expected(reading, tool, "a name, or a list of names");
    if (tool->text != NULL)
        *vec_add(reading->arena, &rule->counterparts) = (struct counterpart){tool->key, tool->text};
    for (const struct node *name = tool->kind == NODE_LIST ? tool->first : NULL; name != NULL; name = name->next) {
        if (name->text == NULL)
            return expected(reading, name, "a name");
        *vec_add(reading->arena, &rule->counterparts) = (struct counterpart){tool->key, name->text};
    }
    return 0;
}

static int read_like(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    rule->counterparts = (struct counterparts){0};
    if (node->kind != NODE_MAP)
        return expected(reading, node, "a map from tools to their names for the rule");
    node_each(tool, node)
        if (add_counterparts(reading, rule, tool) != 0)
            return -1;
    return 0;
}

static int read_pattern(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    const char *why = NULL;
    size_t at = 0;
    rule->pattern = NULL;
    rule->regex = NULL;
    if (node->kind == NODE_NULL)
        return 0;
    if (node->text == NULL)
        return expected(reading, node, "a pattern");
    rule->pattern = node->text;
    rule->regex = regex_open(reading->arena, node->text, &why, &at);
    return rule->regex != NULL ? 0 : rule_fail(reading, node->place, "the pattern is wrong at its character %zu: %s", at + 1, why);
}

#define TEXT(name, member) {.key = name, .type = MEMBER_TEXT, .offset = offsetof(struct rule, member)}
#define SWITCH(name, member) {.key = name, .type = MEMBER_SWITCH, .offset = offsetof(struct rule, member)}
#define OTHER(name, reader) {.key = name, .type = MEMBER_OTHER, .read = reader}

static const struct member members[] = {
    TEXT("id", id), TEXT("title", title), OTHER("severity", read_severity), OTHER("default", read_default),
    SWITCH("style", style), OTHER("on", read_kinds), SWITCH("check", check), SWITCH("always", always), OTHER("each", read_each),
    OTHER("directions", read_directions), OTHER("once", read_once), SWITCH("bodies", bodies), OTHER("when", read_when),
    OTHER("unless", read_unless), OTHER("pattern", read_pattern), TEXT("lock", lock), TEXT("message", message),
    TEXT("why", why), TEXT("fix", fix), OTHER("like", read_like), TEXT("setup", setup), TEXT("bad", bad),
    TEXT("good", good),
};
enum { MEMBERS = sizeof members / sizeof *members };

/* A block's last line end is no part of a sentence. */
static int read_text(const struct rule_reading *reading, const char **text, const struct node *node)
{
    if (node->kind == NODE_LIST || node->kind == NODE_MAP)
        return expected(reading, node, "a text");
    size_t length = node->kind == NODE_NULL ? 0 : strlen(node->text);
    while (length > 0 && node->text[length - 1] == '\n')
        length--;
    *text = length == 0 ? NULL : arena_strndup(reading->arena, node->text, length);
    return 0;
}

static int read_member(const struct rule_reading *reading, struct rule *rule, const struct member *member,
                       const struct node *node)
{
    char *target = (char *)rule + member->offset;
    if (member->type == MEMBER_OTHER)
        return member->read(reading, rule, node);
    if (member->type == MEMBER_TEXT)
        return read_text(reading, (const char **)(void *)target, node);
    int truth = read_truth(reading, node);
    if (truth >= 0)
        *(bool *)target = truth;
    return truth < 0 ? -1 : 0;
}

static const struct member *find_member(const char *key)
{
    for (size_t i = 0; i < MEMBERS; i++)
        if (strcmp(members[i].key, key) == 0)
            return &members[i];
    return NULL;
}

static int unknown_member(const struct rule_reading *reading, const struct node *node)
{
    struct strings known = {0};
    for (size_t i = 0; i < MEMBERS; i++)
        *vec_add(reading->arena, &known) = members[i].key;
    return unknown(reading, node->key_place, "key", node->key, &known);
}

static int check_text(const struct rule_reading *reading, const struct rule *rule, const struct node *node,
                      const char *key, const char *text)
{
    const struct node *written = node_find(node, key);
    struct place place = written != NULL ? written->place : node->place;
    return rule_text_check(reading->arena, text, rule->regex == NULL ? NULL : regex_names(rule->regex), place,
                           reading->err);
}

int rule_read_members(const struct rule_reading *reading, struct rule *rule, const struct node *node)
{
    node_each(child, node) {
        const struct member *member = find_member(child->key);
        if (member == NULL)
            return unknown_member(reading, child);
        if (read_member(reading, rule, member, child) != 0)
            return -1;
    }
    if (check_text(reading, rule, node, "message", rule->message) != 0 ||
        check_text(reading, rule, node, "why", rule->why) != 0)
        return -1;
    return check_text(reading, rule, node, "fix", rule->fix);
}
