#!/usr/bin/env bash
# The batches that skein generates, while others delete, move and add rows: no row is left out, and each run ends.
. "$(dirname "$0")/lib/tap.sh"
[ -n "$(server_programs)" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"

export NO_COLOR=1
start_server
. "$root/tests/lib/shop.sh"

generate()
{
    ok "generate $*" "$SKEIN" generate "$@"
}

# hold TABLE CONDITION: an UPDATE of a row of which that is true waits until release.
hold()
{
    sql "CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS
             \$\$BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END\$\$;
         CREATE TRIGGER a_wait BEFORE UPDATE ON $1 FOR EACH ROW WHEN ($2) EXECUTE FUNCTION wait_here()" >/dev/null
    coproc HOLDER { exec psql -X -q -A -t "$DATABASE_URL" 2>&1; }
    holder_in=${HOLDER[1]} holder_out=${HOLDER[0]} holder_pid=$HOLDER_PID
    echo "SELECT pg_advisory_lock(4711); SELECT 'held';" >&"$holder_in"
    while read -r line <&"$holder_out" && [ "$line" != held ]; do :; done
}

# Waits until the batch that is held begins to wait.
held()
{
    local i
    for ((i = 0; i < 200; i++)); do
        [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4711")" = 0 ] || return 0
        sleep 0.05
    done
    return 1
}

release()
{
    echo '\q' >&"$holder_in"
    wait "$holder_pid" 2>/dev/null
}

# during SQL: skein up, and that SQL while a batch is held.
during()
{
    timeout 60 "$SKEIN" up >"$scratch/up.log" 2>&1 &
    local pid=$!
    ok "a batch is under way" held
    sql "$1" >/dev/null
    release
    wait "$pid"
    is "$?" 0 "up ends well" || diag "$(cat "$scratch/up.log")"
}

# --- rows that are deleted behind a batch

shop "CREATE TABLE shop_service.orders (id bigint PRIMARY KEY, note text);
INSERT INTO shop_service.orders SELECT i, CASE WHEN i <= 500 THEN 'old' END FROM generate_series(1, 3500) AS i;"
generate backfill_orders_note --type data --default "'new'"
hold shop_service.orders 'OLD.id = 700'
during "DELETE FROM shop_service.orders WHERE note = 'old' OR id BETWEEN 1001 AND 1010 OR id = 2001;
        INSERT INTO shop_service.orders VALUES (1001)"
is "$(sql "SELECT coalesce(note, 'none'), count(*) FROM shop_service.orders GROUP BY 1")" "new|2990" \
    "rows that are deleted meanwhile leave no gap behind them"

# --- a composite key, and one that has no order in time

shop "CREATE TABLE shop_service.lines (order_id bigint, \"Line No\" text, note text, PRIMARY KEY (order_id, \"Line No\"));
INSERT INTO shop_service.lines SELECT i / 1300, i FROM generate_series(1, 4000) AS i;
CREATE TABLE shop_service.tokens (id uuid PRIMARY KEY, note text);
INSERT INTO shop_service.tokens SELECT gen_random_uuid() FROM generate_series(1, 4000);"
generate fill_lines_note --type data --default "'new'"
generate fill_tokens_note --type data --default "'new'"
hold shop_service.lines 'OLD.order_id = 0'
during "DELETE FROM shop_service.lines WHERE order_id = 1"
is "$(sql "SELECT note, count(*) FROM shop_service.lines GROUP BY 1")" "new|2700" "rows of a composite key"
is "$(sql "SELECT note, count(*) FROM shop_service.tokens GROUP BY 1")" "new|4000" "and of uuids"

# --- rows that move, of a table without a key

shop "CREATE TABLE shop_service.visits (number int, other text, page text);"
sql "INSERT INTO shop_service.visits SELECT i, repeat('x', 500), NULL FROM generate_series(1, 6000) AS i;
     DELETE FROM shop_service.visits WHERE number <= 1500" >/dev/null
sql "VACUUM shop_service.visits" >/dev/null
generate backfill_visits_page --type data --default "'start'"
hold shop_service.visits 'OLD.number = 1600'
during "UPDATE shop_service.visits SET other = other || 'y' WHERE number > 4000;
        CREATE TABLE moved AS SELECT FROM shop_service.visits WHERE number > 4000 AND (ctid::text::point)[0] < 100"
ok "some moved to pages that were done" test "$(sql 'SELECT count(*) FROM moved')" -gt 100
is "$(sql "SELECT page, count(*) FROM shop_service.visits GROUP BY 1")" "start|4500" "rows that move meanwhile are found"

# --- a value that stays NULL, and a table that is empty

shop "CREATE TABLE shop_service.visits (number int, page text);
INSERT INTO shop_service.visits SELECT i FROM generate_series(1, 300) AS i;
CREATE TABLE shop_service.nothing (number int, page text);"
generate fill_visits_page --type data --default "CASE WHEN number > 100 THEN 'much' END"
generate fill_nothing_page --type data --default "'x'"
run timeout 60 "$SKEIN" up
is "$status" 0 "what cannot be filled does not keep it going for ever"
is "$(sql "SELECT count(page) FROM shop_service.visits")" 200 "the others are filled"

# --- tables that inherit, with equal keys, and partitions without any

shop "CREATE TABLE shop_service.parents (id bigint PRIMARY KEY, note text);
CREATE TABLE shop_service.children (extra text) INHERITS (shop_service.parents);
INSERT INTO shop_service.children SELECT 7, NULL, repeat('x', 300) FROM generate_series(1, 4000) AS i;
INSERT INTO shop_service.parents SELECT i FROM generate_series(1, 10) AS i;
CREATE TABLE shop_service.events (at int, note text) PARTITION BY RANGE (at);
CREATE TABLE shop_service.events_1 PARTITION OF shop_service.events FOR VALUES FROM (0) TO (10);
CREATE TABLE shop_service.events_2 PARTITION OF shop_service.events FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (at);
CREATE TABLE shop_service.events_2a PARTITION OF shop_service.events_2 FOR VALUES FROM (10) TO (20);
INSERT INTO shop_service.events SELECT i % 20 FROM generate_series(1, 3000) AS i;"
generate fill_parents_note --type data --default "'new'"
generate fill_events_note --type data --default "'new'"
run timeout 60 "$SKEIN" up
is "$status" 0 "equal keys do not keep it going for ever"
is "$(sql "SELECT note, count(*) FROM shop_service.parents GROUP BY 1")" "new|4010" "rows of the children are filled"
is "$(sql "SELECT note, count(*) FROM shop_service.events GROUP BY 1")" "new|3000" "and those of partitions"

# --- runs that are killed

# killed: skein up, of which skein and its server process die while a batch is held.
killed()
{
    "$SKEIN" up >"$scratch/up.log" 2>&1 &
    local pid=$!
    ok "a batch is under way" held
    kill -KILL "$pid"
    wait "$pid" 2>/dev/null
    sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'advisory'" >/dev/null
    release
}

rows="CREATE TABLE shop_service.orders (id bigint PRIMARY KEY, note text);
INSERT INTO shop_service.orders SELECT i FROM generate_series(1, 3500) AS i;"
shop "$rows"
generate backfill_orders_note --type data --default "'new' || id"
hold shop_service.orders 'OLD.id = 1700'
killed
is "$(sql "SELECT count(note) FROM shop_service.orders")" 1000 "the first batch is there"
run timeout 60 "$SKEIN" up
is "$status" 0 "the next run takes it up"
like "$stdout$stderr" "step 1 of 1 was interrupted: a statement .* is run again" "and says so"
is "$(sql "SELECT count(note) FROM shop_service.orders")" 3500 "all rows are filled"

shop "$rows"
generate mark_orders_note --type data --table orders --columns note --default "'new'" --expression 'id > 0'
is "$(sed -n '/UPDATE/,/WHERE/p' "$migrations"/*_mark_orders_note.up.sql | grep -c '^$')" 0 "no empty line stands in a statement"
hold shop_service.orders 'OLD.id = 1700'
killed
run timeout 60 "$SKEIN" up
is "$status" 9 "what may not be repeated waits for a person's word"
ok "which is given" "$SKEIN" resolve 2 --redo
run timeout 60 "$SKEIN" up
is "$status:$(sql "SELECT count(note) FROM shop_service.orders")" 0:3500 "and then goes on"

# --- a row that somebody else holds for longer than lock_timeout

# blocked SQL: a file that commits batches meets a lock; prints how often its first batch was written.
blocked()
{
    shop "$rows CREATE TABLE shop_service.times (at int); INSERT INTO shop_service.times SELECT 0 FROM generate_series(1, 1);"
    printf '%sDO $$BEGIN UPDATE shop_service.times SET at = at + 1; COMMIT; UPDATE shop_service.orders SET note = 1 WHERE id = 1700; END$$;\n' \
        "$1" >"$migrations/000002_x.up.sql"
    echo >"$migrations/000002_x.down.sql"
    coproc HOLDER { exec psql -X -q -A -t "$DATABASE_URL" 2>&1; }
    holder_in=${HOLDER[1]} holder_out=${HOLDER[0]} holder_pid=$HOLDER_PID
    echo "BEGIN; SELECT 'held' FROM shop_service.orders WHERE id = 1700 FOR UPDATE;" >&"$holder_in"
    while read -r line <&"$holder_out" && [ "$line" != held ]; do :; done
    SKEIN_LOCK_TIMEOUT=100ms SKEIN_MAX_RETRIES=2 SKEIN_RETRY_DELAY=10ms timeout 60 "$SKEIN" up >"$scratch/up.log" 2>&1
    blocked_status=$?
    release
    times=$(sql "SELECT at FROM shop_service.times")
}
blocked ''
is "$times" 1 "what is not marked is not tried again by itself"
isnt "$blocked_status" 0 "it has failed"
blocked '-- skein: repeatable
'
is "$times" 2 "what is marked is tried as often as everything"

# --- which values can be written in batches, and again after an interruption

shop "CREATE TABLE shop_service.orders (id bigint PRIMARY KEY, note text, code text, total int DEFAULT 7,
    double int GENERATED ALWAYS AS (total * 2) STORED);
CREATE TABLE shop_service.visits (number int, page text);"
# shape ARGUMENTS…: how the file of a type data writes rows.
shape()
{
    local up
    rm -f "$migrations"/000002* "$migrations"/docs/*2.md "$migrations/dependencies.json"
    "$SKEIN" generate x --type data "$@" >/dev/null || return
    up=$(cat "$migrations/000002_x.up.sql")
    case $up in
    *COMMIT*'it is run again.'*) echo "batches, again" ;;
    *COMMIT*'also where somebody has changed them'*) echo "batches" ;;
    *COMMIT*) echo "?" ;;
    *) echo "at once" ;;
    esac
}
is "$(shape --table orders --columns note --default "note || 'x'")" "batches, again" "where a column is NULL"
is "$(shape --table orders --columns note,code --default 'random()::text' --expression 'note IS NULL AND id < 9')" \
    "batches, again" "the same in a condition"
is "$(shape --table orders --columns note --default "'x'" --expression 'code IS NULL')" "batches" "not of another column"
is "$(shape --table orders --columns note --default "'x'" --expression 'note IS NULL OR id < 9')" "batches" "nor where it is only one way"
is "$(shape --table orders --columns total --expression 'id < 9')" "batches" "a constant default"
is "$(shape --table orders --columns note --default "note || 'x'" --expression 'id < 9')" "at once" "a value made of the old one"
is "$(shape --table orders --columns note,code --default "code || 'x'" --expression 'id < 9')" "at once" "of another that changes"
is "$(shape --table orders --columns note --default 'random()::text' --expression 'id < 9')" "at once" "a value that differs"
is "$(shape --table orders --columns note --default '(SELECT max(code) FROM shop_service.orders)' --expression 'id < 9')" "at once" \
    "a query"
is "$(shape --table visits --columns page --default "'x'" --expression 'number < 9')" "at once" "and a table without a key"
rm "$migrations"/000002* "$migrations"/docs/*2.md
# refuses MESSAGE ARGUMENTS…
refuses()
{
    run "$SKEIN" generate x --type data --table orders "${@:2}"
    is "$status:$(sed -n 1p <<<"$stderr")" "2:error: COLUMNS: column $1" "${*:2} is refused"
}
refuses '"id" of shop_service.orders is of the primary key, by which batches of rows are found' \
    --columns id --default 'id + 100000' --expression true
refuses '"double" of shop_service.orders is generated: PostgreSQL computes what it holds' --columns double --default 1
refuses '"note" of shop_service.orders has no default, and nothing else tells the new value' --columns note

done_testing
