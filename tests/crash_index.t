#!/usr/bin/env bash
# An index build that is cut off in the middle: PostgreSQL leaves an invalid index, and the next run cleans it up.  The
# middle is held open by another transaction, for which CREATE INDEX CONCURRENTLY waits.
. "$(dirname "$0")/lib/tap.sh"
start_server

m=$scratch/migrations
mkdir "$m"
echo 'CREATE TABLE a (b int, c int); INSERT INTO a SELECT g, g FROM generate_series(1, 1000) g' >"$m/1_a.up.sql"
echo 'CREATE INDEX CONCURRENTLY a_b ON a (b); CREATE INDEX CONCURRENTLY ON a (c)' >"$m/2_indexes.up.sql"
echo 'DROP INDEX CONCURRENTLY a_c_idx; DROP INDEX CONCURRENTLY a_b' >"$m/2_indexes.down.sql"

skein() { "$SKEIN" -path "$m" -database "$DATABASE_URL" --yes "$@"; }
indexes() { sql "SELECT string_agg(indexrelid::regclass || ':' || indisvalid, ' ' ORDER BY 1) FROM (SELECT * FROM pg_index WHERE indrelid = 'a'::regclass ORDER BY indexrelid::regclass::text) i"; }
until_true() { local i; for ((i = 0; i < 200; i++)); do [ "$(sql "$1")" = t ] && return; sleep 0.05; done; diag "never true: $1"; return 1; }

# An open transaction that has written to the table.
hold()
{
    mkfifo "$scratch/hold.$1"
    psql -X -q "$DATABASE_URL" <"$scratch/hold.$1" >/dev/null &
    holder=$!
    exec {holding}>"$scratch/hold.$1"
    echo 'BEGIN; INSERT INTO a VALUES (0, 0);' >&"$holding"
    until_true "SELECT count(*) > 0 FROM pg_locks WHERE relation = 'a'::regclass AND mode = 'RowExclusiveLock' AND granted"
}
let_go()
{
    echo 'ROLLBACK;' >&"$holding"
    exec {holding}>&-
    wait "$holder"
}
building="SELECT count(*) > 0 FROM pg_stat_progress_create_index"

# begin NAME [PARAMETER]: a run that waits in the middle of the first index; PARAMETER is added to its URL
begin()
{
    new_database
    skein up 1 2>/dev/null
    hold "$1"
    "$SKEIN" -path "$m" -database "$DATABASE_URL${2:-}" --lock-timeout 60s --yes up >"$scratch/first" 2>&1 &
    runner=$!
    until_true "$building"
}

# From PostgreSQL 14 on the server notices within two seconds that skein is gone.  A longer interval of the user's stays.
longer=
[ "$server_major" -lt 14 ] || longer='&client_connection_check_interval=1h'

begin kill "$longer"
kill -KILL $runner
wait $runner 2>/dev/null
is "$(sql 'SELECT version, dirty FROM schema_migrations')" "2|t" "while it is under way, golang-migrate's row is dirty"
run skein status
is "$status" 0 "status works meanwhile"
"$SKEIN" -path "$m" -database "$DATABASE_URL" --yes up >"$scratch/second" 2>&1 &
second=$!
sleep 0.6
let_go
wait $second
is "$?" 0 "skein killed: the next run waits for the server process that still builds, and goes on"
is "$(indexes)" "a_b:true a_c_idx:true" "both indexes are there and valid, none twice"
like "$(cat "$scratch/second")" 'still runs' "it said whom it waited for"

if [ "$server_major" -ge 14 ]; then
    begin gone
    kill -KILL $runner
    wait $runner 2>/dev/null
    ok "skein killed: its server process is gone soon after" until_true "SELECT NOT ($building)"
    let_go
    is "$(indexes)" "a_b:false" "an invalid index is left"
    run skein up
    is "$status" 0 "the next run goes on"
    is "$(indexes)" "a_b:true a_c_idx:true" "both indexes are there and valid"

    # The same for what is one transaction.
    new_database
    slow=$scratch/slow
    mkdir "$slow"
    echo 'CREATE TABLE s (id int); SELECT pg_sleep(60)' >"$slow/1_slow.up.sql"
    "$SKEIN" -path "$slow" -database "$DATABASE_URL" --yes up >"$scratch/first" 2>&1 &
    runner=$!
    sleeping="SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%' AND application_name = 'skein'"
    until_true "$sleeping"
    kill -KILL $runner
    wait $runner 2>/dev/null
    ok "skein killed in a transactional migration: its server process is gone soon after" until_true "SELECT NOT ($sleeping)"
    is "$(sql "SELECT to_regclass('s') IS NULL")" t "nothing of the migration is left"
else
    skip "skein killed: its server process is gone soon after" "PostgreSQL $server_major does not look after its client"
fi

begin backend
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index" >/dev/null
sleep 0.3
let_go
wait $runner
is "$?" 0 "server process terminated: the same run reconnects, cleans up and goes on"
is "$(indexes)" "a_b:true a_c_idx:true" "both indexes are there and valid"
like "$(cat "$scratch/first")" 'DROP INDEX CONCURRENTLY' "the invalid one was dropped"

begin both
kill -KILL $runner
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index" >/dev/null
wait $runner 2>/dev/null
let_go
is "$(indexes)" "a_b:false" "both killed: an invalid index is left"
run skein up
is "$status" 0 "the next run goes on"
is "$(indexes)" "a_b:true a_c_idx:true" "both indexes are there and valid"
is "$(sql 'SELECT version, dirty FROM schema_migrations')" "2|f" "and the row is clean"

begin interrupt
kill -INT $runner
wait $runner
is "$?" 130 "SIGINT: exit code 130"
let_go
run skein up
is "$status" 0 "the next run goes on"
is "$(indexes)" "a_b:true a_c_idx:true" "both indexes are there and valid"

# --- a failure, not a crash
new_database
skein up 1 2>/dev/null
echo 'CREATE UNIQUE INDEX CONCURRENTLY a_u ON a ((b / 10)); CREATE TABLE after_it (id int)' >"$m/3_unique.up.sql"
skein up 1 2>/dev/null
run skein up
is "$status" 1 "a unique index on what is not unique fails"
like "$stderr" '3_unique.up.sql:1:1' "with its place"
is "$(sql "SELECT to_regclass('a_u') IS NULL")" t "the invalid index is gone"
is "$(sql 'SELECT version, dirty FROM schema_migrations')" "2|f" "nothing happened, so the row is as before"

echo 'ALTER TABLE a ADD COLUMN d int; CREATE UNIQUE INDEX CONCURRENTLY a_u ON a ((b / 10)); CREATE TABLE after_it (id int)' >"$m/3_unique.up.sql"
run skein up
is "$(sql 'SELECT version, dirty FROM schema_migrations')" "3|t" "a failure after the first step leaves the steps that are done"
like "$stderr" 'mend the rest' "and says how to go on"
echo 'ALTER TABLE a ADD COLUMN e int; CREATE INDEX CONCURRENTLY a_u ON a (b)' >"$m/3_unique.up.sql"
run skein up
is "$status" 8 "a statement that is done may not be edited"
echo 'ALTER TABLE a ADD COLUMN d int; CREATE INDEX CONCURRENTLY a_u ON a ((b / 10)); CREATE TABLE after_it (id int)' >"$m/3_unique.up.sql"
run skein up
is "$status" 0 "what comes after it may: the run goes on"
is "$(sql "SELECT indisvalid, to_regclass('after_it') IS NOT NULL FROM pg_index WHERE indexrelid = 'a_u'::regclass")" "t|t" "to the end"

# --- nobody can know
echo "ALTER SYSTEM SET work_mem = '5MB'" >"$m/4_system.up.sql"
cc -shared -fPIC -O1 $(pkg-config --cflags libpq) -o "$scratch/crash.so" "$root/tests/lib/crash.c" -ldl -lpq 2>/dev/null
if [ -e "$scratch/crash.so" ] && ! nm -D "$SKEIN" | grep -q __asan_init; then
    rm "$m"/[123]_*
    for ((at = 12; at < 60; at++)); do
        new_database
        (CRASH_AT=$at CRASH_HOW=kill LD_PRELOAD=$scratch/crash.so skein up) >/dev/null 2>&1
        [ "$(sql "SELECT count(*) FROM migration_journal WHERE intent" 2>/dev/null)" = 1 ] && break
    done
    run skein up
    is "$status" 9 "a statement whose outcome nobody can know stops with exit code 9"
    like "$stderr" 'skein resolve 4 --done' "and names the command that settles it"
    ok "skein resolve --redo" skein resolve 4 --redo
    ok "then it goes on" skein up
    is "$(sql 'SELECT version, dirty FROM schema_migrations')" "4|f" "to the end"
else
    skip "a statement whose outcome nobody can know" "no preloaded library here"
fi

done_testing
