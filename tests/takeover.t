#!/usr/bin/env bash
# Records without golang-migrate's table: they say what is applied, and nothing runs a second time.
. "$(dirname "$0")/lib/tap.sh"

files=$scratch/repo/services/user-service/migrations
mkdir -p "$files"
for version in 1 2 3; do
    echo "CREATE TABLE t$version (i int);" >"$files/00000${version}_t$version.up.sql"
    echo "DROP TABLE t$version;" >"$files/00000${version}_t$version.down.sql"
done
cd "$scratch/repo" || exit 1

# What the database has, as text: its tables and golang-migrate's row.
database_state()
{
    sql "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
         WHERE relnamespace = 'user_service'::regnamespace AND relname ~ '^t[0-9]'"
    sql 'SELECT version, dirty FROM user_service.user_service_schema_migrations'
}

# The table lost, with skein's own records left.
new_database
run "$SKEIN" up 2
is "$status" 0 "two of three" || diag "$stderr"
sql 'DROP TABLE user_service.user_service_schema_migrations'
run "$SKEIN" plan
like "$stdout" '1 +up +user-service 000003_t3' "without the table, what is pending is pending"
unlike "$stdout" '00000[12]' "and what is recorded is applied"
run "$SKEIN" init
is "$status" 0 "init" || diag "$stderr"
is "$(database_state)" "t1 t2
2|f" "makes the table with the version that is recorded"
sql 'DROP TABLE user_service.user_service_schema_migrations'
run "$SKEIN" up
is "$status" 0 "up" || diag "$stderr"
unlike "$stderr" 'rolled back' "takes nothing off the records"
is "$(database_state)" "t1 t2 t3
3|f" "applies what was pending"
run "$SKEIN" up
like "$stdout$stderr" 'no change' "and nothing twice"

# The table there and empty: golang-migrate leaves it so when it rolled back everything.
new_database
run "$SKEIN" up
sql 'DELETE FROM user_service.user_service_schema_migrations; DROP TABLE user_service.t1, user_service.t2, user_service.t3'
run "$SKEIN" up
is "$status" 0 "up, where golang-migrate rolled back everything" || diag "$stderr"
is "$(database_state)" "t1 t2 t3
3|f" "applies everything again"

# An older table of records, and no other.
new_database
sql "CREATE SCHEMA user_service; CREATE TABLE user_service.t1 (i int); CREATE TABLE user_service.t2 (i int);
     CREATE TABLE user_service.migration_executions (id bigserial PRIMARY KEY, migration_version varchar(255) NOT NULL,
        status varchar(20) CHECK (status IN ('pending', 'running', 'completed', 'failed', 'rolled_back')),
        started_at timestamptz, completed_at timestamptz, duration_ms bigint, executed_by text, dependencies jsonb,
        rollback_version text);
     INSERT INTO user_service.migration_executions (migration_version, status, completed_at, duration_ms, executed_by)
     VALUES ('000001', 'failed', '2020-01-01', 1, 'bob'), ('000001', 'completed', '2020-01-01', 1000, 'bob'),
            ('000002_t2', 'completed', '2020-01-02', 1500, 'eve'), ('000003', 'rolled_back', '2020-01-03', 5, 'eve')"
run "$SKEIN" status
is "$status" 0 "status, which writes nothing" || diag "$stderr"
like "$stdout" '000001 +t1 +applied +2020-01-01 00:00 +bob +1.00 s' "reads the older table"
like "$stdout" '000003 +t3 +pending' "what it says was rolled back is pending"
run "$SKEIN" up
is "$status" 0 "up" || diag "$stderr"
unlike "$stderr" '00000[12]' "applies nothing that is recorded there"
is "$(database_state)" "t1 t2 t3
3|f" "but the rest"
is "$(sql 'SELECT count(*) FROM user_service.migration_executions_before_skein')" 4 "the older table is kept"
run "$SKEIN" down 2
is "$status" 0 "down, into what was carried over" || diag "$stderr"
is "$(database_state)" "t1
1|f" "goes back"
run "$SKEIN" up
is "$(database_state)" "t1 t2 t3
3|f" "and up again"

# A service whose schema is `public`: its table is found in one place, not in two.
new_database
export SKEIN_SCHEMA=public
run "$SKEIN" up 2
is "$status" 0 "up in the schema public" || diag "$stderr"
run "$SKEIN" up
is "$status" 0 "and again" || diag "$stderr"
run "$SKEIN" status
like "$stdout" '000003 +t3 +applied' "status" || diag "$stderr"
run "$SKEIN" down 2
is "$status" 0 "down" || diag "$stderr"
is "$(sql 'SELECT version, dirty FROM public.public_schema_migrations')" "1|f" "its table is the one of public"
unset SKEIN_SCHEMA

done_testing
