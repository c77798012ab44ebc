#!/usr/bin/env bash
# skein generate asks what is there: what its SQL would find in the way, or would not find, is an error before anything is
# written; and what is there beside the migrations, what it generates leaves alone.
. "$(dirname "$0")/lib/tap.sh"

export NO_COLOR=1
migrations=services/shop-service/migrations

# A repository of one service whose first migration is standard input, in an empty directory.
shop()
{
    rm -rf "$scratch/shop"
    mkdir -p "$scratch/shop/$migrations" && cd "$scratch/shop" || exit
    cat >"$migrations/000001_begin.up.sql"
    echo 'DROP SCHEMA shop_service CASCADE;' >"$migrations/000001_begin.down.sql"
}

# refuses MESSAGE HINT ARGUMENTS…: with that error and hint, and nothing changes.
refuses()
{
    local message=$1 hint=$2 before
    shift 2
    before=$(find . -type f -exec sha256sum {} + | sort)
    run "$SKEIN" generate "$@"
    is "$status" 2 "generate $* ends with 2"
    is "$(sed -n 1p <<<"$stderr")" "error: $message" "it says why"
    [ -z "$hint" ] || is "$(sed -n 2p <<<"$stderr")" "hint: $hint" "and what to do"
    is "$(find . -type f -exec sha256sum {} + | sort)" "$before" "nothing is left behind"
}

# --- indexes

table='CREATE TABLE shop_service.o (id bigint PRIMARY KEY, customer_id bigint NOT NULL);'
shop <<<"$table"
for columns in customer_id note:text:unique note:text:index; do
    type=column
    [ "$columns" != customer_id ] || type=index
    run "$SKEIN" generate "index_$RANDOM" --table o --type "$type" --columns "$columns"
    is "$status" 0 "an index is generated: $type $columns"
    ok "no index is dropped on the way to a new one" test -z "$(grep -l 'DROP INDEX' "$migrations"/*.up.sql)"
    rm "$migrations"/0*[2-9]_* "$migrations"/d*.json
    rm -r "$migrations/docs"
done

if [ -n "$(server_programs)" ]; then
    new_database
    shop <<<"$table"
    "$SKEIN" up >/dev/null 2>&1
    sql 'CREATE UNIQUE INDEX o_customer_id_idx ON shop_service.o (customer_id) WHERE customer_id > 0'
    "$SKEIN" generate index_o_customer --type index >/dev/null
    run "$SKEIN" up
    is "$status" 1 "an index of that name that somebody has made stops the migration"
    like "$stderr" 'relation "o_customer_id_idx" already exists' "which says so"
    like "$(sql "SELECT indexdef FROM pg_indexes WHERE indexname = 'o_customer_id_idx'")" '^CREATE UNIQUE INDEX .*customer_id > 0' \
        "and the index is as it was"
    sql 'DROP INDEX shop_service.o_customer_id_idx'
    run "$SKEIN" up
    is "$status" 0 "without it, the next run goes on"
else
    skip "an index of that name stops the migration" "no PostgreSQL server programs"
fi

done_testing
