#!/usr/bin/env bash
# The crash matrix: skein is killed, its server process terminated, its connection cut, after everything it sends, one
# moment after the other; then it is run again, undisturbed.  Schema and state must be those of a run that nothing
# disturbed, and right after the crash the records must agree with the schema.
#
# CRASH_EVERY=N tries every Nth moment only (default 1: all).
. "$(dirname "$0")/lib/tap.sh"

command -v cc >/dev/null || skip_all "no C compiler for the library that is preloaded"
case $(nm -D "$SKEIN" 2>/dev/null || true) in *__asan_init*) skip_all "a preloaded library and AddressSanitizer do not go together" ;; esac
shim=$scratch/crash.so
cc -shared -fPIC -O1 $(pkg-config --cflags libpq) -o "$shim" "$root/tests/lib/crash.c" -ldl -lpq || skip_all "the library does not build"

start_server -c fsync=off
every=${CRASH_EVERY:-1}
workers=3
strategy=
[ "$server_major" -lt 15 ] || strategy='STRATEGY file_copy'

# --- directories of migrations: transactional, journalled, and both mixed

plain=$scratch/plain journal=$scratch/journal
mkdir "$plain" "$journal"
for i in 1 2 3; do
    echo "CREATE TABLE t$i (id int PRIMARY KEY, v text); INSERT INTO t$i VALUES (1, 'a'), (2, 'b');" >"$plain/00000${i}_t$i.up.sql"
    echo "DROP TABLE t$i;" >"$plain/00000${i}_t$i.down.sql"
done
cat >"$journal/000001_base.up.sql" <<'SQL'
CREATE TABLE a (id int PRIMARY KEY, b int, c int);
INSERT INTO a SELECT g, g, g FROM generate_series(1, 100) g;
SQL
echo "DROP TABLE a;" >"$journal/000001_base.down.sql"
cat >"$journal/000002_indexes.up.sql" <<'SQL'
SET work_mem = '8MB';
CREATE INDEX CONCURRENTLY a_b ON a (b);
ALTER TABLE a ADD COLUMN d int;
CREATE UNIQUE INDEX CONCURRENTLY a_c ON a (c);
VACUUM a;
SQL
cat >"$journal/000002_indexes.down.sql" <<'SQL'
DROP INDEX CONCURRENTLY a_c;
ALTER TABLE a DROP COLUMN d;
DROP INDEX CONCURRENTLY a_b;
SQL
echo "CREATE TABLE z (id int);" >"$journal/000003_z.up.sql"
echo "DROP TABLE z;" >"$journal/000003_z.down.sql"

skein() { "$SKEIN" --database "$DATABASE_URL" --migrations "$1" --yes --quiet "${@:2}"; }

# Several questions in one session.  A table that is not there yet answers with nothing.
ask() { psql -X -q -A -t -f "$1" "$DATABASE_URL" 2>&1; }

# What must be equal: the schema (column order and all), the rows that count, the version row, the journal.
cat >"$scratch/snapshot.sql" <<'SQL'
SELECT c.relname, c.relkind, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum),
       (SELECT bool_and(i.indisvalid) FROM pg_index i WHERE i.indexrelid = c.oid)
FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relname !~ '^(migration_|idx_|schema_)' GROUP BY c.oid, c.relname, c.relkind ORDER BY 1;
SELECT version, execution_status FROM migration_executions WHERE execution_status <> 'failed' ORDER BY version;
SELECT version, dirty FROM schema_migrations;
SELECT version, step FROM migration_journal;
SELECT relname, query_to_xml('SELECT * FROM public.' || quote_ident(relname) || ' AS t ORDER BY t', true, false, '')
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN ('t1', 't2', 't3', 'a', 'z') ORDER BY relname;
SQL
snapshot() { ask "$scratch/snapshot.sql"; }

# Right after a crash: a table is there if and only if its migration is on record (or under way in the journal).
cat >"$scratch/consistent.sql" <<'SQL'
SELECT to_regclass('public.migration_executions') IS NULL OR to_regclass('public.schema_migrations') IS NULL AS nothing \gset
\if :nothing
\q
\endif
SELECT v.name FROM (VALUES (1, 't1'), (2, 't2'), (3, 't3'), (1, 'a'), (3, 'z')) v (version, name)
WHERE (to_regclass('public.' || name) IS NOT NULL) <>
      EXISTS (SELECT FROM migration_executions e WHERE e.version = v.version AND e.execution_status = 'success'
              AND (e.migration_id LIKE '%\_' || v.name OR (v.name = 'a' AND e.migration_id LIKE '%base')));
SELECT 'dirty' FROM schema_migrations WHERE dirty AND NOT EXISTS (SELECT FROM migration_journal);
SQL

# renew NAME TEMPLATE: the worker's own database, as a copy; CRASH_URL is not in it.
renew()
{
    psql -X -q "$server_url" -c "SET client_min_messages = error" -c "DROP DATABASE IF EXISTS $1 WITH (FORCE)" \
        -c "CREATE DATABASE $1 TEMPLATE $2 $strategy" || exit
    DATABASE_URL=${server_url/\/postgres\?/\/$1?}
}

# moment NAME DIRECTORY HOW K COMMAND…: one crash and what follows, in the worker's database
moment()
{
    local name=$1 directory=$2 how=$3 k=$4 out found
    shift 4
    out=$(CRASH_URL=$server_url CRASH_AT=$k CRASH_HOW=$how LD_PRELOAD=$shim skein "$directory" "$@" 2>&1) 2>/dev/null
    found=$(ask "$scratch/consistent.sql")
    [ -z "$found" ] || diag "$name, $how at $k: records and schema disagree on $found"
    again=$(skein "$directory" "$@" 2>&1)
    found=$(snapshot)
    [ "$found" = "$expected" ] ||
        diag "$name, $how at $k of $moments: not the undisturbed state" "first: $out" "then: $again" "$(diff <(echo "$expected") <(echo "$found"))"
}

# worker NUMBER …: every WORKERS-th of the moments; complaints and the number of moments go to files
worker()
{
    local number=$1 turn=0 how k
    shift
    for how in kill terminate cut lose; do
        for ((k = 1; k <= moments; k += every)); do
            [ $((turn++ % workers)) -eq "$number" ] || continue
            renew "worker_$number" before
            moment "$1" "$2" "$how" "$k" "${@:3}" >"$scratch/moment.$number"
            echo "$how" >>"$scratch/tried.$number"
            [ ! -s "$scratch/moment.$number" ] || { echo "$how" >>"$scratch/bad.$number"; cat "$scratch/moment.$number" >>"$scratch/said.$number"; }
        done
    done
}

# matrix NAME DIRECTORY PREPARE… -- COMMAND…
matrix()
{
    local name=$1 directory=$2 how i tried prepare=() pids=() moments expected
    shift 2
    while [ "$1" != -- ]; do prepare+=("$1"); shift; done
    shift
    renew before template1
    [ ${#prepare[@]} -eq 0 ] || skein "$directory" "${prepare[@]}"
    renew worker_0 before
    CRASH_COUNT=$scratch/count LD_PRELOAD=$shim skein "$directory" "$@" 2>"$scratch/err" || { fail "$name: undisturbed"; diag "$(cat "$scratch/err")"; return; }
    moments=$(cat "$scratch/count") expected=$(snapshot)
    rm -f "$scratch"/tried.* "$scratch"/bad.* "$scratch"/said.*
    for ((i = 0; i < workers; i++)); do
        worker "$i" "$name" "$directory" "$@" &
        pids+=($!)
    done
    wait "${pids[@]}"
    cat "$scratch"/said.* 2>/dev/null
    for how in kill terminate cut lose; do
        tried=$(cat "$scratch"/tried.* | grep -c "$how")
        is "$(cat "$scratch"/bad.* 2>/dev/null | grep -c "$how"), of $(((moments + every - 1) / every))" "0, of $tried" \
            "$name: $how at $tried of $moments moments, all end as if undisturbed"
    done
}

matrix "transactional up" "$plain" -- up
matrix "transactional down" "$plain" up -- goto 1
matrix "journalled up" "$journal" up 1 -- up
matrix "journalled down" "$journal" up -- goto 1

done_testing
