#!/usr/bin/env bash
# The engine on a real server: what files may do to the session, to the state tables and to each other; journals that
# meet edited files; locks, connections and answers that are lost.
. "$(dirname "$0")/lib/tap.sh"

start_server
export SKEIN_RETRY_DELAY=10ms

# files DIRECTORY NAME TEXT [NAME TEXT…]: a directory of migrations
files()
{
    local directory=$1
    mkdir -p "$directory"
    shift
    while [ $# -gt 0 ]; do
        printf '%s\n' "$2" >"$directory/$1.sql"
        shift 2
    done
}
skein() { "$SKEIN" --database "$DATABASE_URL" --migrations "$directory" --yes "$@"; }

# case NAME: a fresh database and an empty directory
number=0
new_case()
{
    new_database
    number=$((number + 1)) directory=$scratch/$number
    mkdir "$directory"
}

applied() { sql "SELECT string_agg(version || ' ' || execution_status, ', ' ORDER BY version) FROM migration_executions"; }

# --- what a file leaves in the session

new_case
files "$directory" 1_a.up "CREATE TABLE a (i int);" 2_b.up "CREATE TABLE b (i int);" 3_c.up "DEALLOCATE ALL;" \
    4_d.up "CREATE TABLE d (i int); DEALLOCATE ALL; CREATE TABLE e (i int);" 5_e.up "CREATE TABLE f (i int);"
run skein up
is "$status" 0 "a file may throw away prepared statements, those of skein included"
is "$(applied)" "1 success, 2 success, 3 success, 4 success, 5 success" "and all of them are on record"

# --- golang-migrate's table is lost

new_case
files "$directory" 1_a.up "CREATE TABLE a (i int);" 2_b.up "INSERT INTO a VALUES (1);"
run skein up
sql "DROP TABLE schema_migrations"
run skein status
run skein up
is "$status" 0 "without golang-migrate's table a run goes on"
is "$(sql "SELECT count(*) FROM a") $(sql "SELECT version, dirty FROM schema_migrations")" "1 2|f" \
    "what is on record is not run again, and the table is as it was"

# --- a journal meets an edited file

# As a crash leaves it after the journal was opened, or behind the intent of the first step.
open_journal()
{
    sql "INSERT INTO migration_journal (service_name, version, migration_id, direction, row_before, step, steps, done_checksum,
                                        intent, kind, statement, before)
         VALUES ('schema_migrations', 2, '2_b', 'up', 1, 0, 1, encode(sha256(''), 'hex'), $1, $2, $3, $4);
         UPDATE schema_migrations SET version = 2, dirty = true"
}

new_case
files "$directory" 1_a.up "CREATE TABLE a (i int); CREATE TABLE b (i int);" 2_b.up "CREATE INDEX CONCURRENTLY a_i ON a (i);"
run skein up 1
open_journal false NULL NULL NULL
files "$directory" 2_b.up "CREATE INDEX a_i ON a (i);"
run skein up
is "$status $(sql "SELECT to_regclass('a_i')")" "0 a_i" "a file that has become transactional meanwhile is run, and not only recorded"
is "$(applied)" "1 success, 2 success" "it is on record"

new_case
files "$directory" 1_a.up "CREATE TABLE a (i int); CREATE TABLE b (i int PRIMARY KEY);" \
    2_b.up "CREATE INDEX CONCURRENTLY b_i ON b (i);"
run skein up 1
open_journal true "'CREATE INDEX CONCURRENTLY'" "'CREATE INDEX CONCURRENTLY a_i ON a (i)'" "''"
run skein up
is "$status $(sql "SELECT to_regclass('b_i')")" "0 b_i" "the catalog is asked about the statement that was begun, not about the one that the file has now"

new_case
files "$directory" 1_a.up "CREATE TABLE a (i int); CREATE TABLE b (i int PRIMARY KEY); CREATE INDEX a_i ON a (i);" \
    2_b.up "CREATE INDEX CONCURRENTLY b_i ON b (i);"
run skein up 1
open_journal true "'CREATE INDEX CONCURRENTLY'" "'CREATE INDEX CONCURRENTLY a_i ON a (i)'" "''"
run skein up
is "$status $(sql "SELECT to_regclass('b_i')")" "8 " "when it did happen, the file must still say so"
like "$stderr" "CREATE INDEX CONCURRENTLY a_i" "the error names the statement"

new_case
files "$directory" 1_a.up "CREATE TABLE a (i int); CREATE INDEX other ON a (i);" 2_b.up "CREATE INDEX CONCURRENTLY a_i ON a (i);"
run skein up 1
open_journal true "'CREATE INDEX CONCURRENTLY'" "'CREATE INDEX CONCURRENTLY a_i ON a (i)'" "''"
run skein up
is "$status $(sql "SELECT to_regclass('a_i')")" "0 a_i" "an index of another name, which somebody else made meanwhile, is not taken for it"

new_case
files "$directory" 1_a.up 'SELECT $1;'
run skein up
is "$status $(sql "SELECT count(*) FROM migration_history")" "1 1" "a parameter without a value is the file's fault and not tried again"
like "$stderr" "1_a.up.sql:1:1.*hint: a parameter" "the error says so"

new_case
files "$directory" 1_a.up "CREATE TABLE a (i int);" 2_b.up "-- skein: no-transaction
CREATE TABLE b (i int); SELECT 1 / 0;" 2_b.down "DROP TABLE b;"
run skein up
run skein down 1
is "$status $(sql "SELECT step FROM migration_journal")" "9 1" "what is half-way up is not taken down"
unlike "$stderr" "resolve" "and nothing is to be resolved"
rm "$directory"/2_*
run skein up
like "$status $stderr" "^9 .*put its file back.*skein force" "without its file it can be given up"
run skein force 1
run skein up
is "$status $(sql "SELECT count(*) FROM migration_journal")" "0 0" "which force does"

# --- services: schemas, and a cascade into another service

tree=$scratch/tree
mkdir -p "$tree"/services/{a,b,c}/migrations
new_database
cd "$tree" || exit
files services/a/migrations 000001_a.up "CREATE TABLE a (i int);" 000001_a.down "DROP TABLE a;"
files services/b/migrations 000001_b.up "CREATE TABLE b (i int);" \
    000001_b.down "DROP TABLE b; CREATE TABLE public.keys AS SELECT count(*) AS held FROM pg_locks WHERE locktype = 'advisory';"
files services/c/migrations 000001_c.up "CREATE SCHEMA c; CREATE TABLE c.c (i int);" 000001_c.down "DROP SCHEMA c CASCADE;"
echo '{"migrations": {"000001": {"cross_service_dependencies": {"a": ["000001"]}}}}' >services/b/migrations/dependencies.json
run "$SKEIN" up --yes --service a
run "$SKEIN" up --yes --service b
run "$SKEIN" rollback --yes --cascade --service a --migration 1
is "$status $(sql "SELECT to_regclass('a.a'), to_regclass('b.b'), held >= 6 FROM public.keys")" "0 ||t" \
    "a cascade holds the lock of the services that it reaches into"
run "$SKEIN" up --yes --service c
is "$status $(sql "SELECT to_regclass('c.c')")" "0 c.c" "a file that makes the service's schema itself, which skein has made for its state tables"
run "$SKEIN" down --yes --service c
is "$status $(sql "SELECT to_regclass('c.c')")" "1 c.c" "a file that drops the schema with the state tables in it is rolled back"
like "$stderr" "dropped the tables in which skein.*in schema c" "and the error says why"
mkdir -p services/D-e/migrations
files services/D-e/migrations 000001_d.up 'create  schema
"D_e";
CREATE TABLE "D_e".d (i int);'
run "$SKEIN" up --yes --service D-e
is "$status $(sql "SELECT to_regclass('\"D_e\".d')")" '0 "D_e".d' "also under a quoted name"
files services/D-e/migrations 000002_d.up 'CREATE SCHEMA other CREATE TABLE t (i int); CREATE SCHEMA public;'
run "$SKEIN" up --yes --service D-e
is "$status" 1 "another schema that is there stays an error"
cd "$root" || exit

# --- names

new_case
odd='Od"d %s {state} '"it's"
sql "CREATE DATABASE \"od'd %s {schema}\""
mkdir -p "$directory/services/$odd/migrations"
files "$directory/services/$odd/migrations" 000001_a.up "CREATE TABLE t (i int);" \
    000002_b.up 'CREATE INDEX CONCURRENTLY "i %s {state}" ON t (i);' 000001_a.down "DROP TABLE t;" 000002_b.down 'DROP INDEX CONCURRENTLY "i %s {state}";'
cd "$directory" || exit
url=${DATABASE_URL/test_$server_databases/od%27d%20%25s%20%7Bschema%7D}
run "$SKEIN" --database "$url" --yes up
is "$status $(sql "SELECT count(*) FROM pg_tables WHERE schemaname LIKE '%{state}%' AND tablename = 't'" "$url")" "0 1" \
    "names with quotes, braces, percent signs and spaces"
run "$SKEIN" --database "$url" --yes down 2
is "$status $(sql "SELECT count(*) FROM pg_tables WHERE schemaname LIKE '%{state}%' AND tablename = 't'" "$url")" "0 0" "down as well"
run "$SKEIN" --yes --environment "$(printf 'e%.0s' {1..51})" up
like "$status $stderr" "^2 .*longer than 50 characters" "an environment whose name the tables cannot hold is refused before anything runs"
cd "$root" || exit
new_case
files "$directory" 1_a.up "CREATE TABLE t (i int);"
long=$(printf 't%.0s' {1..70})
run "$SKEIN" --database "$DATABASE_URL&x-migrations-table=$long" --migrations "$directory" --yes up
run "$SKEIN" --database "$DATABASE_URL&x-migrations-table=$long" --migrations "$directory" --yes up
is "$status $(sql "SELECT version FROM ${long:0:63}")" "0 1" "a table's name is cut as the server cuts it"

# --- who may only read

sql "CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader; ALTER ROLE reader SET default_transaction_read_only = on"
reader=${DATABASE_URL/postgres@/reader@}\&x-migrations-table=$long
before=$(sql "SELECT xmin, generation FROM migration_state")
for command in status plan history version "up --dry-run"; do
    run "$SKEIN" --database "$reader" --migrations "$directory" $command
    is "$status" 0 "$command works for a role that may only read"
done
is "$(sql "SELECT xmin, generation FROM migration_state")" "$before" "and nothing was written"
files "$directory" 2_b.up "CREATE TABLE u (i int);"
run "$SKEIN" --database "$reader" --migrations "$directory" --yes up
unlike "$status $stderr" "retry" "what cannot go well is not tried again"

# --- answers that are lost

# lost NAME HOW: the migrations in $directory, the connection lost at each of the last moments; the table a must have one
# row, and whoever wants the session's end only must not hear of a failure.
lost()
{
    local name=$1 how=$2 moments k bad=0 url
    new_database
    sql "CREATE TABLE a (i int)"
    url=$DATABASE_URL
    CRASH_COUNT=$scratch/count LD_PRELOAD=$shim skein up --quiet >/dev/null 2>&1
    moments=$(cat "$scratch/count")
    for ((k = moments - 11; k <= moments; k++)); do
        new_database
        sql "CREATE TABLE a (i int)"
        run env CRASH_URL=$url CRASH_AT=$k CRASH_HOW=$how LD_PRELOAD="$shim" "$SKEIN" --database "$DATABASE_URL" --migrations "$directory" --yes up
        said=$stderr
        [ "$status" -le 4 ] || { bad=$((bad + 1)); diag "at $k of $moments: ended with $status"; }
        run skein up
        [ "$(sql "SELECT count(*) FROM a") $(applied) $(sql "SELECT * FROM schema_migrations")" = "1 1 success 1|f" ] && continue
        bad=$((bad + 1))
        diag "at $k of $moments: $(sql "SELECT count(*) FROM a") rows, $(applied), $said, $stderr"
    done
    is "$bad" 0 "$name: applied once, whichever of the last answers is lost"
}

shim=$scratch/crash.so
if cc -shared -fPIC -O1 $(pkg-config --cflags libpq) -o "$shim" "$root/tests/lib/crash.c" -ldl -lpq 2>/dev/null &&
    ! nm -D "$SKEIN" 2>/dev/null | grep -q __asan_init; then
    new_case
    files "$directory" 1_a.up "INSERT INTO a VALUES (1);"
    lost "a transaction" lose
    new_case
    files "$directory" 1_a.up "SET work_mem = '8MB'; INSERT INTO a VALUES (1);"
    SKEIN_MAX_RETRIES=1 lost "a transaction, tried once, with a session to be reset" lose
    SKEIN_MAX_RETRIES=1 lost "the same, the server process ended" terminate
    new_case
    files "$directory" 1_a.up "-- skein: no-transaction
INSERT INTO a VALUES (1);"
    lost "a journalled migration" lose
else
    skip "lost answers" "no preloaded library here"
fi

# --- the lock is lost

# Ends the process that holds the migration lock.
take_lock_away()
{
    sql "SELECT pg_terminate_backend(pid) FROM (SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory' AND granted) l" >/dev/null
}
wait_for() { local i; for ((i = 0; i < 100; i++)); do [ "$(sql "$1")" = t ] && return; sleep 0.05; done; return 1; }

for text in "" "-- skein: no-transaction"; do
    new_case
    files "$directory" 1_a.up "CREATE TABLE a (i int);" 2_b.up "$text
INSERT INTO a SELECT 1 FROM pg_sleep(1);" 3_c.up "INSERT INTO a VALUES (3);"
    skein up 1 >/dev/null 2>&1
    skein up >"$scratch/first" 2>&1 &
    first=$!
    wait_for "SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE 'INSERT%pg_sleep%' AND state = 'active'"
    take_lock_away
    run skein up
    second=$status
    wait "$first"
    first=$?
    run skein up
    is "$(sql "SELECT string_agg(i::text, ',' ORDER BY i) FROM a") $(applied)" "1,3 1 success, 2 success, 3 success" \
        "two runs at once, since the lock was taken away: each migration once (${text:-one transaction})"
    like "$first $second" "^(0 8|8 0|0 0|8 8)$" "one of them says that somebody else was there, or both went well"
    [ "$first $second" != "0 0" ] || diag "first: $(cat "$scratch/first")"
done

done_testing
