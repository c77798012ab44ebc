#!/usr/bin/env bash
# What skein generates for partitioned tables, with partitions of partitions and without any: as generate_types.t.
. "$(dirname "$0")/lib/tap.sh"
. "$root/tests/lib/generated.sh"
[ -n "$(server_programs)" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"

base=$scratch/base
migrations=services/shop-service/migrations
mkdir -p "$base/$migrations"
cat >"$base/$migrations/000001_create_shop.up.sql" <<'EOF'
CREATE TABLE shop_service.customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE shop_service.events (
    id bigint NOT NULL,
    at timestamptz NOT NULL,
    customer_id bigint,
    kind text,
    what text,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX events_kind_idx ON shop_service.events (kind);
CREATE TABLE shop_service.events_2024 PARTITION OF shop_service.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE shop_service.events_2025 PARTITION OF shop_service.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE shop_service."Tree" (id bigint NOT NULL, "Kind" text NOT NULL, customer_id bigint, note text) PARTITION BY LIST ("Kind");
CREATE TABLE shop_service."Tree a" PARTITION OF shop_service."Tree" FOR VALUES IN ('a') PARTITION BY RANGE (id);
CREATE TABLE shop_service."Tree a1" PARTITION OF shop_service."Tree a" FOR VALUES FROM (0) TO (1000);
CREATE TABLE shop_service."Tree a2" PARTITION OF shop_service."Tree a" DEFAULT;
CREATE TABLE shop_service.tree_b PARTITION OF shop_service."Tree" FOR VALUES IN ('b');
CREATE TABLE shop_service.bare (id bigint NOT NULL, at date NOT NULL, customer_id bigint) PARTITION BY RANGE (at);
EOF
cat >"$base/$migrations/000001_create_shop.down.sql" <<'EOF'
DROP TABLE shop_service.bare, shop_service."Tree", shop_service.events, shop_service.customers;
EOF
cat >"$scratch/rows.sql" <<'EOF'
INSERT INTO shop_service.customers SELECT FROM generate_series(1, 9);
INSERT INTO shop_service.events SELECT i, '2024-01-01'::date + i % 700, i % 9 + 1, 'k', i FROM generate_series(1, 2500) AS i;
INSERT INTO shop_service."Tree" SELECT i, CASE i % 2 WHEN 0 THEN 'a' ELSE 'b' END, i % 9 + 1 FROM generate_series(1, 2500) AS i;
EOF
prepare 'CREATE ROLE reporting' || exit

all_parts="SELECT count(*) = 3 FROM pg_index WHERE indrelid::regclass::text LIKE '%events%' AND pg_get_indexdef(indexrelid) LIKE '%(what)'"
try index_events_what index -- "$all_parts"
try index_tree index --table '"Tree"' --on 'note, lower("Kind") DESC' --expression 'note IS NOT NULL' --index tree_note
try one_of_each index --table events --columns what:unique,at
try index_bare_customer index
try add_code_to_events column --columns code:text:index
try add_seller_to_events column --columns seller_id:references=customers:on-delete=cascade
try add_buyer column --table '"Tree"' --columns 'buyer_id:references=customers:not-null:default=1'
try add_token_to_events column --columns 'token:uuid:not-null:default=gen_random_uuid()' \
    -- 'SELECT count(DISTINCT token) = 2500 FROM shop_service.events'
try add_seller_to_bare column --columns seller_id:references=customers
try add_customer_fk_to_events foreign-key
try tree_customers foreign-key --table '"Tree"' --columns customer_id:on-delete=set-null --references customers
try add_customer_fk_to_bare foreign-key
try check_events check --expression 'id > 0'
try check_tree check --table '"Tree"' --expression "\"Kind\" <> 'z'"
try require_events_customer not-null
try require_tree not-null --table '"Tree"' --columns note --default "'none'" \
    -- "SELECT bool_and(note = 'none') FROM shop_service.\"Tree\""
try drop_what_from_events drop-column
try rename_events_what_to_words rename-column
try fill_events_what data --default "'x'" --expression "kind = 'k'"
finish

cd "$base" || exit
refuse index 'cannot be unique: shop_service.events is partitioned by at' one --table events --columns what:unique
refuse index 'cannot be unique: shop_service.Tree a is partitioned by id' one --table '"Tree"' --columns 'note:unique,"Kind"'
refuse column 'cannot be unique: shop_service.events is partitioned by at' add_code_to_events --columns code:text:unique
refuse index 'has an equal index already: events_kind_idx' index_events_kind

# --- partitions that no migration makes

mkdir "$scratch/late" && cp -a "$base/services" "$scratch/late" && cd "$scratch/late" || exit
psql -X -q "$server" -c "CREATE DATABASE late TEMPLATE $template STRATEGY file_copy"
export DATABASE_URL="${server%%@/*}@/late?${server#*\?}"
sql "CREATE TABLE shop_service.late PARTITION OF shop_service.events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
     CREATE TABLE shop_service.unknown PARTITION OF shop_service.bare FOR VALUES FROM ('2030-01-01') TO ('2031-01-01')"
run "$SKEIN" generate index_events_what --type index --service shop-service
run "$SKEIN" up
is "$status" 0 "an index leaves out a partition that no migration makes"
like "$stdout$stderr" 'the index shop_service.events_what_idx lacks the partitions (shop_service\.)?late' "and says so"
sql 'CREATE INDEX CONCURRENTLY late_what_idx ON shop_service.late (what)'
sql 'ALTER INDEX shop_service.events_what_idx ATTACH PARTITION shop_service.late_what_idx'
is "$(sql "$invalid")" 0 "with that partition's own it becomes valid"
run "$SKEIN" generate index_bare_customer --type index --service shop-service
run "$SKEIN" up
isnt "$status" 0 "where no partition is known, one that is there stops it"
like "$stderr" 'shop_service.bare has partitions that no migration makes' "before anybody waits"
is "$(sql "SELECT count(*) FROM pg_class WHERE relname = 'bare_customer_id_idx'")" 0 "and nothing is left"

# --- an interrupted build

cp -a "$base" "$scratch/broken" && cd "$scratch/broken" || exit
psql -X -q "$server" -c "CREATE DATABASE broken TEMPLATE $template STRATEGY file_copy"
export DATABASE_URL="${server%%@/*}@/broken?${server#*\?}"
sql 'INSERT INTO shop_service.events SELECT 9999, at, customer_id FROM shop_service.events WHERE id = 600'
"$SKEIN" generate one_of_those --type index --service shop-service --table events --columns 'customer_id:unique,at' >/dev/null
run "$SKEIN" up
isnt "$status" 0 "a build that fails stops the migration"
like "$stderr" 'events_2025_customer_id_at_idx' "in the second partition"
sql 'DELETE FROM shop_service.events WHERE id = 9999'
run "$SKEIN" up
is "$status" 0 "and goes on from where it stopped"
is "$(sql "$invalid")" 0 "with nothing invalid left"

report
done_testing
