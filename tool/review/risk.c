#include "review/risking.h"

#include "base/str.h"
#include "review/use.h"
#include "text/nearest.h"
#include "sql/row_change.h"

#include <string.h>

const char *const risk_level_names[RISK_LEVELS] = {"low", "medium", "high", "critical"};

static const long long small_rows = 10000, small_bytes = 8LL << 20, huge_rows = 10000000, huge_bytes = 10LL << 30;

typedef bool risk_when(const struct situation *situation);

static bool deletes_rows(const struct situation *situation)
{
    return (row_changes_of(situation->action) & ROWS_DELETED) != 0;
}

static bool changes_rows(const struct situation *situation)
{
    return (row_changes_of(situation->action) & ROWS_CHANGED) != 0;
}

/* Which rows are meant is said by other rows alone. */
static bool joins_only(const struct situation *situation)
{
    const struct expression *where = situation->action->expression;
    return where != NULL && !where->opaque && where->all_of.count == 0;
}

static bool makes_no_policy(const struct situation *situation)
{
    vec_each(action, situation->subject->actions)
        if (action->kind == ACTION_CREATE_POLICY && str_same(action->table.name, situation->action->name.name))
            return false;
    return true;
}

/* Nobody misses what the same text makes again. */
static bool is_for_good(const struct situation *situation)
{
    return !use_is_made_again(situation->action, situation->subject->actions, situation->number);
}

/* What an action of a kind brings, whatever locks it takes.  The first row that fits counts. */
struct risk_row {
    enum action_kind kind;
    enum object_kind object;   /* OBJECT_NONE: any */
    unsigned with, without;    /* flags */
    enum risk_level level;
    bool loses;
    const char *text;          /* %s: the name, with its column where one is dropped or changed */
    risk_when *when;           /* NULL: always */
};

static const struct risk_row rows[] = {
    {ACTION_DROP, OBJECT_TABLE, 0, 0, RISK_CRITICAL, true, "drops the table %s", NULL},
    {ACTION_DROP, OBJECT_SCHEMA, 0, 0, RISK_CRITICAL, true, "drops the schema %s", NULL},
    {ACTION_DROP, OBJECT_DATABASE, 0, 0, RISK_CRITICAL, true, "drops the database %s", NULL},
    {ACTION_DROP_OWNED, OBJECT_NONE, 0, 0, RISK_CRITICAL, true, "drops everything that a role owns", NULL},
    {ACTION_TRUNCATE, OBJECT_NONE, 0, 0, RISK_CRITICAL, true, "empties %s", NULL},
    {ACTION_DELETE, OBJECT_NONE, 0, FLAG_WHERE, RISK_CRITICAL, true, "deletes every row of %s", NULL},
    {ACTION_DROP, OBJECT_VIEW, FLAG_CASCADE, 0, RISK_HIGH, false, "drops %s and, by CASCADE, whatever depends on it", NULL},
    {ACTION_DROP, OBJECT_MATERIALIZED_VIEW, FLAG_CASCADE, 0, RISK_HIGH, false,
     "drops %s and, by CASCADE, whatever depends on it", NULL},
    {ACTION_DROP, OBJECT_TRIGGER, FLAG_CASCADE, 0, RISK_LOW, false, "drops a trigger of %s", NULL},
    {ACTION_DROP, OBJECT_INDEX, FLAG_CASCADE, 0, RISK_HIGH, false, "drops %s and, by CASCADE, whatever depends on it", NULL},
    {ACTION_DROP, OBJECT_NONE, FLAG_CASCADE, 0, RISK_HIGH, true, "drops %s and, by CASCADE, whatever depends on it", NULL},
    {ACTION_DROP_COLUMN, OBJECT_NONE, 0, 0, RISK_HIGH, true, "drops the column %s", NULL},
    {ACTION_ALTER_COLUMN_TYPE, OBJECT_NONE, 0, 0, RISK_HIGH, false, "changes the type of %s", NULL},
    {ACTION_DELETE, OBJECT_NONE, 0, 0, RISK_MEDIUM, true, "deletes rows of %s", NULL},
    {ACTION_UPDATE, OBJECT_NONE, 0, FLAG_WHERE, RISK_MEDIUM, false, "changes every row of %s", NULL},
    {ACTION_UPDATE, OBJECT_NONE, FLAG_READS_ROWS, 0, RISK_MEDIUM, false, "may change every row of %s", joins_only},
    {ACTION_UPDATE, OBJECT_NONE, 0, 0, RISK_LOW, false, "changes rows of %s", NULL},
    {ACTION_MERGE, OBJECT_NONE, 0, 0, RISK_MEDIUM, true, "deletes rows of %s", deletes_rows},
    {ACTION_MERGE, OBJECT_NONE, 0, 0, RISK_LOW, false, "changes rows of %s", changes_rows},
    {ACTION_INSERT, OBJECT_NONE, 0, 0, RISK_LOW, false, "changes rows of %s", changes_rows},
    {ACTION_RENAME, OBJECT_TABLE, 0, 0, RISK_MEDIUM, false, "renames %s", NULL},
    {ACTION_RENAME, OBJECT_VIEW, 0, 0, RISK_MEDIUM, false, "renames %s", NULL},
    {ACTION_RENAME, OBJECT_COLUMN, 0, 0, RISK_MEDIUM, false, "renames the column %s", NULL},
    {ACTION_SET_SCHEMA, OBJECT_NONE, 0, 0, RISK_MEDIUM, false, "moves %s to another schema", NULL},
    {ACTION_DROP, OBJECT_VIEW, 0, 0, RISK_MEDIUM, false, "drops the view %s", is_for_good},
    {ACTION_DROP, OBJECT_MATERIALIZED_VIEW, 0, 0, RISK_MEDIUM, false, "drops the materialized view %s", is_for_good},
    {ACTION_DROP, OBJECT_INDEX, 0, 0, RISK_MEDIUM, false, "drops the index %s", NULL},
    {ACTION_DROP, OBJECT_FUNCTION, 0, 0, RISK_MEDIUM, false, "drops the function %s", is_for_good},
    {ACTION_DROP, OBJECT_SEQUENCE, 0, 0, RISK_MEDIUM, false, "drops the sequence %s", NULL},
    {ACTION_DROP, OBJECT_TYPE, 0, 0, RISK_MEDIUM, false, "drops the type %s", NULL},
    {ACTION_DROP, OBJECT_EXTENSION, 0, 0, RISK_MEDIUM, false, "drops the extension %s", NULL},
    {ACTION_GRANT, OBJECT_ROLE, FLAG_REVOKE, 0, RISK_MEDIUM, false, "takes roles from roles", NULL},
    {ACTION_GRANT, OBJECT_NONE, FLAG_REVOKE, 0, RISK_MEDIUM, false, "takes privileges on %s from roles", NULL},
    {ACTION_TOGGLE_ROW_SECURITY, OBJECT_NONE, FLAG_ENABLE | FLAG_FORCE, 0, RISK_MEDIUM, false,
     "hides rows of %s from its owner, too, that no policy shows", NULL},
    {ACTION_TOGGLE_ROW_SECURITY, OBJECT_NONE, FLAG_ENABLE, 0, RISK_HIGH, false,
     "hides every row of %s that no policy shows, and makes no policy", makes_no_policy},
    {ACTION_TOGGLE_ROW_SECURITY, OBJECT_NONE, FLAG_ENABLE, 0, RISK_MEDIUM, false, "hides every row of %s that no policy shows", NULL},
    {ACTION_TOGGLE_ROW_SECURITY, OBJECT_NONE, FLAG_FORCE, 0, RISK_LOW, false, "shows every row of %s to its owner", NULL},
    {ACTION_TOGGLE_ROW_SECURITY, OBJECT_NONE, 0, 0, RISK_MEDIUM, false, "shows every row of %s, whatever policies say", NULL},
    {ACTION_TOGGLE_TRIGGER, OBJECT_NONE, FLAG_ALL, FLAG_ENABLE, RISK_MEDIUM, false,
     "disables triggers of %s, among them those that check foreign keys unless only those of users are meant", NULL},
    {ACTION_TOGGLE_TRIGGER, OBJECT_NONE, 0, FLAG_ENABLE, RISK_MEDIUM, false, "disables a trigger of %s", NULL},
    {ACTION_TOGGLE_RULE, OBJECT_NONE, 0, FLAG_ENABLE, RISK_MEDIUM, false, "disables a rule of %s", NULL},
    {ACTION_CREATE_RULE, OBJECT_NONE, FLAG_INSTEAD, 0, RISK_MEDIUM, false, "makes statements on %s do something else instead", NULL},
    {ACTION_DROP, OBJECT_TRIGGER, 0, 0, RISK_LOW, false, "drops a trigger of %s", is_for_good},
    {ACTION_DROP, OBJECT_POLICY, 0, 0, RISK_MEDIUM, false, "drops a policy of %s: rows that it showed are hidden", is_for_good},
    {ACTION_DROP_CONSTRAINT, OBJECT_NONE, 0, 0, RISK_LOW, false, "drops a constraint of %s", NULL},
    {ACTION_OWNER, OBJECT_NONE, 0, 0, RISK_LOW, false, "changes the owner of %s", NULL},
    {ACTION_TOGGLE_ROW_SECURITY, OBJECT_NONE, FLAG_ENABLE, FLAG_FORCE, RISK_MEDIUM, false,
     "hides the rows of %s from roles that no policy is for", false},
    {ACTION_EXECUTE, OBJECT_NONE, 0, 0, RISK_LOW, false, "runs SQL that is only known when it runs", NULL},
};

enum risk_level risk_level_find(const char *name)
{
    enum risk_level level = RISK_LOW;
    while (level < RISK_LEVELS && (name == NULL || strcmp(name, risk_level_names[level]) != 0))
        level++;
    return level;
}

/* Kinds that take nothing away by themselves; locks and work are seen at the touches. */
static const bool harmless[ACTION_KINDS] = {
    [ACTION_CREATE_TABLE] = true, [ACTION_CREATE_TABLE_AS] = true, [ACTION_CREATE_VIEW] = true,
    [ACTION_CREATE_MATERIALIZED_VIEW] = true, [ACTION_CREATE_FOREIGN_TABLE] = true, [ACTION_CREATE_SEQUENCE] = true,
    [ACTION_CREATE_INDEX] = true, [ACTION_CREATE_SCHEMA] = true, [ACTION_CREATE_ENUM] = true, [ACTION_CREATE_DOMAIN] = true,
    [ACTION_CREATE_TYPE] = true, [ACTION_CREATE_FUNCTION] = true, [ACTION_CREATE_EXTENSION] = true,
    [ACTION_CREATE_STATISTICS] = true, [ACTION_CREATE_DATABASE] = true, [ACTION_CREATE_TABLESPACE] = true,
    [ACTION_ADD_COLUMN] = true, [ACTION_DROP_NOT_NULL] = true, [ACTION_SET_NOT_NULL] = true, [ACTION_ADD_IDENTITY] = true,
    [ACTION_ADD_CONSTRAINT] = true, [ACTION_VALIDATE_CONSTRAINT] = true, [ACTION_ATTACH_PARTITION] = true,
    [ACTION_SET_LOGGED] = true, [ACTION_SET_OPTIONS] = true, [ACTION_SET_STATISTICS] = true, [ACTION_SET_STORAGE] = true,
    [ACTION_SET_COMPRESSION] = true, [ACTION_SET_COLUMN_OPTIONS] = true, [ACTION_CLUSTER_ON] = true,
    [ACTION_REPLICA_IDENTITY] = true, [ACTION_ADD_ENUM_VALUE] = true, [ACTION_COMMENT] = true, [ACTION_GRANT] = true,
    [ACTION_VACUUM] = true, [ACTION_ANALYZE] = true, [ACTION_REINDEX] = true, [ACTION_CLUSTER] = true,
    [ACTION_REFRESH] = true, [ACTION_INSERT] = true, [ACTION_COPY] = true, [ACTION_MERGE] = true, [ACTION_DO] = true,
    [ACTION_SET] = true, [ACTION_BEGIN] = true, [ACTION_COMMIT] = true, [ACTION_SAVEPOINT] = true, [ACTION_RELEASE] = true,
    [ACTION_END] = true};

static bool is_harmless(const struct action *action)
{
    if (action->kind == ACTION_SELECT)
        return action->calls.count == 0;
    if (action->kind == ACTION_DROP) /* what is missed has a row, unless it is made again */
        return action->object == OBJECT_VIEW || action->object == OBJECT_MATERIALIZED_VIEW ||
               action->object == OBJECT_FUNCTION || action->object == OBJECT_TRIGGER || action->object == OBJECT_POLICY;
    return harmless[action->kind] && (action->flags & FLAG_OR_REPLACE) == 0;
}

/* --- what was there before */

/* A half that goes back finds everything as its up half left it, with the data that came since. */
bool risk_was_there(const struct situation *situation, const struct relation *relation)
{
    const struct subject *subject = situation->subject;
    if (relation == NULL)
        return true;
    if (relation->temporary)
        return false;
    if (subject->direction == DIRECTION_DOWN || subject->migration == NULL)
        return !relation_is_new(situation->schema, relation);
    return relation->created_by != subject->migration;
}

static bool column_was_there(const struct situation *situation, const char *name)
{
    const struct column *column =
        situation->relation == NULL || name == NULL ? NULL : relation_column(situation->relation, name);
    if (column == NULL || situation->subject->direction == DIRECTION_DOWN || situation->subject->migration == NULL)
        return true;
    return column->migration != situation->subject->migration;
}

static bool object_was_there(const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct subject *subject = situation->subject;
    if (action->object == OBJECT_TYPE || action->object == OBJECT_DOMAIN) {
        const struct type *type = action->name.name == NULL ? NULL : schema_type(situation->schema, &action->name);
        return type == NULL || subject->migration == NULL || subject->direction == DIRECTION_DOWN ||
               type->created_by != subject->migration;
    }
    const struct relation *named = action->object == OBJECT_INDEX && action->name.name != NULL
                                       ? schema_relation(situation->schema, &action->name) : situation->relation;
    return risk_was_there(situation, named) && column_was_there(situation, action->column);
}

/* --- sizes */

const struct table_size *risk_size_of(const struct subject *subject, const char *schema, const char *name)
{
    if (subject->sizes == NULL || name == NULL)
        return NULL;
    vec_each(size, subject->sizes)
        if (strcmp(size->name.name, name) == 0 && schema != NULL && strcmp(size->name.schema, schema) == 0)
            return size;
    return NULL;
}

static enum risk_level step(enum risk_level level, int by)
{
    int stepped = (int)level + by;
    return stepped < RISK_LOW ? RISK_LOW : stepped > RISK_CRITICAL ? RISK_CRITICAL : (enum risk_level)stepped;
}

enum risk_level risk_weigh(const struct table_size *size, enum risk_level level, bool loses)
{
    if (size == NULL || level == RISK_LOW)
        return level;
    if (loses)
        return size->rows == 0 ? step(level, -1) : level;
    if (size->rows > huge_rows || size->bytes > huge_bytes)
        return step(level, 1);
    bool is_small = size->rows < small_rows && size->bytes >= 0 && size->bytes < small_bytes;
    return is_small ? step(level, -1) : level;
}

/* What is small needs no number. */
const char *risk_size_text(struct arena *arena, const struct table_size *size)
{
    if (size == NULL || size->bytes < 1LL << 20)
        return "";
    return size->bytes >= 1LL << 30 ? arena_printf(arena, " (%.1f GiB)", (double)size->bytes / (double)(1LL << 30))
                                    : arena_printf(arena, " (%.1f MiB)", (double)size->bytes / (double)(1LL << 20));
}

/* --- adding */

/* The same again, further down. */
static void add_line(struct risk_reason *reason, int line)
{
    size_t count = 0, most = sizeof(reason->further) / sizeof(*reason->further);
    if (line == reason->line)
        return;
    for (; count < most && reason->further[count] != 0; count++)
        if (reason->further[count] == line)
            return;
    if (count < most)
        reason->further[count] = line;
    else
        reason->more = true;
}

void risk_add_reason(struct arena *arena, struct risk *risk, const struct situation *situation, struct risk_reason fresh)
{
    int line = 0, column;
    lines_find(situation->subject->lines, situation->action->at, &line, &column);
    fresh.line = situation->subject->first_line + line - 1;
    vec_each(reason, &risk->reasons)
        if (strcmp(reason->text, fresh.text) == 0) {
            add_line(reason, fresh.line);
            return;
        }
    *vec_add(arena, &risk->reasons) = fresh;
    if (fresh.level > risk->level)
        risk->level = fresh.level;
}

const char *risk_shown(struct arena *arena, const char *schema, const char *name)
{
    return schema == NULL ? name : arena_printf(arena, "%s.%s", schema, name);
}

static const char *subject_of(struct arena *arena, const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct relation *relation = situation->relation;
    const char *name = action->name.name != NULL   ? risk_shown(arena, action->name.schema, action->name.name)
                       : action->names.count > 0 ? words_join(arena, &action->names)
                                                 : "it";
    if (relation != NULL && action->object != OBJECT_INDEX)
        name = risk_shown(arena, relation->schema, relation->name);
    return action->column == NULL ? name : arena_printf(arena, "%s.%s", name, action->column);
}

static bool fits(const struct risk_row *row, const struct situation *situation)
{
    const struct action *action = situation->action;
    return row->kind == action->kind && (row->object == OBJECT_NONE || row->object == action->object) &&
           (action->flags & row->with) == row->with && (action->flags & row->without) == 0 &&
           (row->when == NULL || row->when(situation));
}

static const struct risk_row *row_of(const struct situation *situation)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (fits(&rows[i], situation))
            return &rows[i];
    return NULL;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static const char *row_text(struct arena *arena, const struct risk_row *row, const char *name)
{
    return arena_printf(arena, row->text, name);
}
#pragma GCC diagnostic pop

/* A free change of type costs nobody anything but the statements that other programs have prepared. */
static enum risk_level level_of(const struct situation *situation, const struct risk_row *row)
{
    const struct relation *relation = situation->relation;
    enum truth indexes;
    if (row->kind == ACTION_ALTER_COLUMN_TYPE &&
        effect_type_change_is_free(situation->schema, relation, situation->action, &indexes) == TRUTH_YES)
        return RISK_MEDIUM;
    bool absent = (situation->action->flags & FLAG_IF_EXISTS) != 0 && relation == NULL;
    return absent && row->kind == ACTION_DROP && row->object != OBJECT_SCHEMA ? step(row->level, -1) : row->level;
}

/* DROP … IF EXISTS of what this chain did not make, in a schema or a table that it did make. */
static bool never_was(const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct schema *schema = situation->schema;
    bool relation = action->object == OBJECT_TABLE || action->object == OBJECT_VIEW ||
                    action->object == OBJECT_MATERIALIZED_VIEW || action->object == OBJECT_SEQUENCE;
    if (action->kind == ACTION_DROP_COLUMN && (action->flags & FLAG_IF_EXISTS) != 0 && action->column != NULL)
        return situation->relation != NULL && situation->relation->complete && !schema->unknown_happened &&
               relation_column(situation->relation, action->column) == NULL;
    if (action->kind != ACTION_DROP || (action->flags & FLAG_IF_EXISTS) == 0 || !relation || action->name.schema == NULL ||
        schema->unknown_happened || schema_relation(schema, &action->name) != NULL)
        return false;
    const struct schema_namespace *namespace = map_find(&schema->namespaces, action->name.schema);
    return namespace != NULL && namespace->exists && namespace->created_by != NULL;
}

static void add_action(struct arena *arena, struct risk *risk, const struct situation *situation)
{
    const struct risk_row *row = row_of(situation);
    if (row == NULL && !is_harmless(situation->action) && object_was_there(situation))
        risk->doubted = true;
    if (row == NULL || !object_was_there(situation) || never_was(situation))
        return;
    const struct relation *relation = situation->relation;
    const struct table_size *size =
        relation == NULL ? NULL : risk_size_of(situation->subject, relation->schema, relation->name);
    enum risk_level level = risk_weigh(size, level_of(situation, row), row->loses);
    const char *name = subject_of(arena, situation), *place = strstr(row->text, "%s");
    struct risk_reason reason = {.level = level, .loses = row->loses};
    reason.text = arena_printf(arena, "%s%s", row_text(arena, row, name), risk_size_text(arena, size));
    reason.name_at = place == NULL ? 0 : (size_t)(place - row->text);
    reason.name_length = place == NULL ? 0 : strlen(name);
    risk_add_reason(arena, risk, situation, reason);
}

void risk_add(struct arena *arena, struct risk *risk, const struct situation *situation)
{
    if (situation->action->place == PLACE_BODY)
        return;
    add_action(arena, risk, situation);
    risk_add_work(arena, risk, situation);
}
