#!/usr/bin/env bash
# Renaming a column while programs write under both names: nothing that is written is lost, on the way up and on the way
# down, and what was made for the new name is there afterwards.
. "$(dirname "$0")/lib/tap.sh"
[ -n "$(server_programs)" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"

export NO_COLOR=1
start_server
. "$root/tests/lib/shop.sh"

skein() { ok "skein $*" "$SKEIN" "$@"; }

# One session that lives through everything, as that of a program does.
coproc PROGRAM { exec psql -X -q -A -t "$server_url" 2>&1; }
program_in=${PROGRAM[1]} program_out=${PROGRAM[0]} program_pid=$PROGRAM_PID
program()
{
    local line
    answer=
    printf '%s;\n\\echo done\n' "$1" >&"$program_in"
    while read -r line <&"$program_out" && [ "$line" != done ]; do answer+=$line; done
}

# writes WHEN: under each name, in each way; both have to be equal afterwards, and nothing NULL.
writes()
{
    program "UPDATE shop_service.orders SET note = 'old $1' WHERE id = 1"
    program "UPDATE shop_service.orders SET remark = 'new $1' WHERE id = 2"
    program "UPDATE shop_service.orders SET size = size + 1 WHERE id = 3"
    program "DELETE FROM shop_service.orders WHERE id IN (5001, 5002, 5003)"
    program "INSERT INTO shop_service.orders (id, note) VALUES (5001, 'inserted old')"
    program "INSERT INTO shop_service.orders (id, remark) VALUES (5002, 'inserted new')"
    program "INSERT INTO shop_service.orders (id) VALUES (5003)"
    program "SELECT string_agg(note || '|' || remark, ' ' ORDER BY id) FROM shop_service.orders
             WHERE id IN (1, 2, 3, 5001, 5002, 5003)"
    is "$answer" "old $1|old $1 new $1|new $1 note 3|note 3 inserted old|inserted old inserted new|inserted new none|none" \
        "$1: both names hold what was written under one"
}

indexes()
{
    sql "SELECT regexp_replace(indexdef, '.*INDEX ', '') FROM pg_indexes
         WHERE tablename = 'orders' AND indexname <> 'orders_pkey' ORDER BY indexname"
}

shop "CREATE TABLE shop_service.orders (id bigint PRIMARY KEY, note text COLLATE \"C\" NOT NULL DEFAULT 'none', size int DEFAULT 0);
CREATE INDEX orders_size_note_idx ON shop_service.orders (size, note DESC);
INSERT INTO shop_service.orders (id, note) SELECT i, 'note ' || i FROM generate_series(1, 2500) AS i;"
program "\\c $DATABASE_URL"
skein generate rename_orders_note_to_remark --type rename-column
skein up
writes "when the copy is filled"
skein generate find_remarks --type index --table orders --on 'remark DESC, id'
skein generate find_sizes --type index --table orders --on 'size,remark DESC'
skein up
before=$(indexes)
skein generate rename_orders_note_to_remark --type rename-column
run "$SKEIN" validate --environment production --fail-on note
is "$status" 0 "nothing is found in the second half" || diag "$stdout"
like "$(cat "$migrations"/*remark_index.up.sql)" 'CREATE INDEX CONCURRENTLY orders_remark_id_idx_carried ON shop_service\.orders \(note DESC, id\);' \
    "what was indexed of the copy is indexed of the original"
unlike "$(cat "$migrations"/*remark_index.up.sql)" 'size' "unless that is so already"
skein up 1
skein up 1
writes "when the names have changed"
skein up 1
writes "when both were compared"
skein up 1
is "$(indexes)" "orders_remark_id_idx ON shop_service.orders USING btree (remark DESC, id)
orders_size_note_idx ON shop_service.orders USING btree (size, remark DESC)" "the indexes are there under the new name"
program "SELECT is_nullable, column_default, collation_name FROM information_schema.columns
         WHERE table_name = 'orders' AND column_name = 'remark'"
is "$answer" "NO|'none'::text|C" "and so is the rest"
program "SELECT string_agg(remark, ' ' ORDER BY id) FROM shop_service.orders WHERE id IN (1, 2, 3)"
is "$answer" "old when both were compared new when both were compared note 3" "what was written is there"

# --- back, while programs go on with the new name

skein down 1
program "SELECT count(*) FROM shop_service.orders WHERE remark IS NULL"
is "$answer" 0 "the new name holds everything all the time"
program "UPDATE shop_service.orders SET size = 7 WHERE id = 2000"
program "SELECT note, remark FROM shop_service.orders WHERE id = 2000"
is "$answer" "note 2000|note 2000" "a row of which the copy is not filled yet loses nothing when it is written"
writes "when the copy is back"
skein down 1
program "SELECT count(*), count(*) FILTER (WHERE note = remark) FROM shop_service.orders"
is "$answer" "2503|2503" "the copy is filled"
writes "when it is filled again"
skein down 2
writes "when all is as it was"
is "$(indexes)" "$before" "the indexes are as they were"
unlike "$(cat "$migrations"/*contract.down.sql "$migrations"/*swap.down.sql)" 'UPDATE shop_service' "no row is written while the table is locked"
skein up
program "SELECT count(remark) FROM shop_service.orders"
is "$answer" 2503 "and up again"

# --- a copy that is not equal

skein down 3
sql "SET session_replication_role = replica; UPDATE shop_service.orders SET remark = 'lost' WHERE id = 9" >/dev/null
run "$SKEIN" up
isnt "$status" 0 "rows that were written without the trigger stop it"
like "$stderr" 'there are rows in which note and remark differ' "and it is said why"
program "SELECT note FROM shop_service.orders WHERE id = 9"
is "$answer" "lost" "nothing is dropped"

# --- types without equality, and what a copy cannot give

shop "CREATE TABLE shop_service.papers (id int PRIMARY KEY, data json, name text); INSERT INTO shop_service.papers VALUES (1, '{}', 'a');"
skein generate rename_papers_data_to_content --type rename-column
skein generate rename_papers_data_to_content --type rename-column
skein up
is "$(sql "SELECT content FROM shop_service.papers")" '{}' "json has no equality, and is renamed all the same"
skein down 3
skein up
skein generate rename_papers_name_to_title --type rename-column
# refuses WHAT SQL: the second half, after that.
refuses()
{
    echo "$2;" >"$migrations/000099_x.up.sql"
    run "$SKEIN" generate rename_papers_name_to_title --type rename-column
    is "$status:$(sed -n 1p <<<"$stderr")" "2:error: column \"title\" of shop_service.papers is a copy that goes, and with it $1" "$1"
    rm "$migrations/000099_x.up.sql"
}
refuses 'its constraint papers_title_check' "ALTER TABLE shop_service.papers ADD CHECK (title <> '')"
refuses 'its default' "ALTER TABLE shop_service.papers ALTER title SET DEFAULT 'x'"
refuses 'its NOT NULL' "ALTER TABLE shop_service.papers ALTER title SET NOT NULL"
refuses 'its comment' "COMMENT ON COLUMN shop_service.papers.title IS 'x'"
refuses 'its index papers_lower_idx' "CREATE INDEX ON shop_service.papers (lower(title))"
refuses 'the view titles' "CREATE VIEW shop_service.titles AS SELECT title FROM shop_service.papers"
echo "CREATE VIEW shop_service.names AS SELECT id, name FROM shop_service.papers;" >"$migrations/000099_x.up.sql"
skein generate rename_papers_name_to_title --type rename-column
echo '\q' >&"$program_in"
wait "$program_pid" 2>/dev/null

done_testing
