#!/usr/bin/env bash
# Every type of migration that skein generates, with and without parameters: nothing is found in it, it applies, goes
# back to exactly what was there before, one migration after the other, and applies again, with rows in the tables.
. "$(dirname "$0")/lib/tap.sh"
. "$root/tests/lib/generated.sh"
[ -n "$(server_programs)" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"

base=$scratch/base
migrations=services/shop-service/migrations
mkdir -p "$base/$migrations"
cat >"$base/$migrations/000001_create_shop.up.sql" <<'END'
CREATE TYPE shop_service.state AS ENUM ('new', 'paid');
CREATE TABLE shop_service.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    updated_at timestamptz
);
CREATE TABLE shop_service.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL,
    state shop_service.state NOT NULL DEFAULT 'new',
    total numeric(12,2),
    created_at timestamptz NOT NULL DEFAULT now(),
    code text NOT NULL CHECK (code <> ''),
    note text
);
CREATE UNIQUE INDEX orders_note_code_idx ON shop_service.orders (lower(note), code DESC) WHERE note IS NOT NULL;
CREATE TABLE shop_service.lines (
    order_id bigint NOT NULL,
    line integer NOT NULL,
    text text,
    PRIMARY KEY (order_id, line)
);
CREATE TABLE shop_service.drafts (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES shop_service.customers ON DELETE CASCADE,
    code text NOT NULL CHECK (code <> ''),
    size integer NOT NULL DEFAULT 1,
    UNIQUE (code, size)
);
CREATE INDEX drafts_customer_idx ON shop_service.drafts (customer_id) INCLUDE (size);
CREATE UNIQUE INDEX drafts_upper_idx ON shop_service.drafts (upper(code) DESC, id) WHERE code <> 'x';
CREATE TABLE shop_service.visits (page text, tenant_id bigint);
CREATE TABLE shop_service.events (id bigint NOT NULL, at timestamptz NOT NULL, what text, PRIMARY KEY (id, at))
    PARTITION BY RANGE (at);
CREATE TABLE shop_service.events_2025 PARTITION OF shop_service.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
END
cat >"$base/$migrations/000001_create_shop.down.sql" <<'END'
DROP TABLE shop_service.events, shop_service.visits, shop_service.drafts, shop_service.lines, shop_service.orders, shop_service.customers;
DROP TYPE shop_service.state;
END
cat >"$scratch/rows.sql" <<'END'
INSERT INTO shop_service.customers (email) SELECT i || '@example.org' FROM generate_series(1, 9) AS i;
INSERT INTO shop_service.orders (customer_id, total, code) SELECT i % 9 + 1, i, i FROM generate_series(1, 2500) AS i;
INSERT INTO shop_service.lines SELECT i / 3 + 1, i % 3 FROM generate_series(1, 2500) AS i;
INSERT INTO shop_service.visits SELECT 'page' FROM generate_series(1, 2500);
INSERT INTO shop_service.events SELECT i, '2025-01-01' FROM generate_series(1, 9) AS i;
END

prepare 'CREATE ROLE reporting' || exit
try create_invoices table
try add_invoices table --columns 'number:text:not-null:unique,order_id:references=orders:on-delete=cascade'
try add_visits table --table hits --columns at:timestamptz:not-null --partition-by 'range (at)'
try add_days table --columns 'id:int,created_at:date:not-null,a:text'
try add_pairs table --columns 'a:int:primary-key,b:int:primary-key,created_at:date'
try add_nodes table --columns 'code:text:primary-key,parent:references=nodes'
try add_parcels table --columns 'order_id:references=orders,customer_id:references=customers,parcel_id:references=parcels'
try add_both_to_visits column --columns 'order_id:references=orders,customer_id:references=customers'
try index_orders_customer index
try latest_orders index --table orders --on 'customer_id,created_at DESC' --expression 'total > 0'
try add_comment_to_orders column
try add_things column --table orders --columns 'age:int:not-null:default=7,seen:timestamptz' \
    -- 'SELECT bool_and(age = 7) FROM shop_service.orders'
try add_token_to_orders column --columns 'token:uuid:not-null:unique:default=gen_random_uuid()' \
    -- 'SELECT count(DISTINCT token) = 2500 FROM shop_service.orders'
try add_number_to_lines column --columns 'number:float:default=random()' \
    -- 'SELECT bool_and(number IS NOT NULL) FROM shop_service.lines'
try add_seller_to_orders column --columns 'seller_id:references=customers:on-delete=set-null'
try add_owner_to_orders column --columns 'owner_id:references=customers:default=1:not-null'
try require_orders_total not-null
try require_text not-null --table lines --columns text --default "'none'" \
    -- "SELECT bool_and(text = 'none') FROM shop_service.lines"
try require_page_and_tenant not-null --table visits --columns 'page,tenant_id:default=7'
try add_customer_fk_to_orders foreign-key
try lines_belong foreign-key --table lines --columns order_id:on-delete=cascade --references 'orders(id)'
try check_orders_total check --expression 'total >= 0'
try check_names check --table orders --expression "code <> 'x' AND note IS NULL" --constraint orders_are_good
try backfill_orders_created_at data
try fill_notes data --table orders --columns note --default "'order ' || code" \
    -- "SELECT bool_and(note = 'order ' || code) FROM shop_service.orders"
try fill_pages data --table visits --columns tenant_id --default 7 --expression "page = 'page'" \
    -- 'SELECT bool_and(tenant_id = 7) FROM shop_service.visits'
try mark_orders data --table orders --columns note --default code --expression 'total > 2000 AND note IS NULL' \
    -- "SELECT count(*) = 500 AND bool_and(note = code) FROM shop_service.orders WHERE note IS NOT NULL"
try raise_orders data --table orders --columns total --default 'total + 1' --expression 'total > 2000' \
    -- 'SELECT count(*) = 500 FROM shop_service.orders WHERE total > 2001'
try cap_orders data --table orders --columns total --default 9 --expression 'total > 9' \
    -- 'SELECT max(total) = 9 FROM shop_service.orders'
try add_pages_to_visits data --columns page,tenant_id --values "('first', 1), ('second', 2)"
try add_lost_to_state enum-value
try new_states enum-value --object state --values 'lost,sent back'
try rename_orders_code_to_number rename-column
try rename_orders_id_to_number rename-column
try rename_visits_page_to_url rename-column
try rename_events_what_to_kind rename-column
try rename_line_to_position rename-column --table lines --old-name line --new-name position
try rename_it rename-column --table lines --old-name text --new-name Words
try drop_note_from_orders drop-column
try drop_three drop-column --table drafts --columns customer_id,code,size
try orders_view view --table orders
try create_open_orders view --table orders --columns 'id,total' --expression "state = 'new'"
try paid_orders view --body "SELECT id FROM shop_service.orders WHERE state = 'paid'"
try add_double function --body 'SELECT 2 * a' --columns a:bigint --returns bigint -- 'SELECT shop_service.double(2) = 4'
try nothing function --body 'BEGIN /* $$ */ END'
try touch_customers trigger
try keep_notes trigger --table orders --object keep_note --values UPDATE --body 'BEGIN NEW.note := coalesce(NEW.note, OLD.note); RETURN NEW; END'
try create_archive_schema schema
try make_it schema --object attic --role reporting
try add_btree_gin_extension extension
try search extension --extension pg_trgm --object shop_service
try grant_orders_to_reporting grant
try grant_usage_to_reporting grant
try grant_it grant --table orders --role reporting --privileges select,update
try protect_visits rls-policy --expression 'tenant_id = 7'
try see_own rls-policy --table visits --expression 'tenant_id = 7' --role reporting --object own_visits --privileges INSERT
try add_events_2026_02 partition
try new_events partition --table events --partition 'events_march:2026-03-01..2026-04-01'
finish

# What a name alone cannot say is asked for.
cd "$base" || exit
refuse check 'EXPRESSION=: what holds for every row' check_orders_total
refuse function 'BODY=: its body' create_total
refuse rls-policy 'EXPRESSION=: the rows' protect_visits
refuse view 'BODY=: its query' create_totals
refuse trigger 'BODY=: the body' touch_lines
refuse grant 'ROLE=: the role' reading --table orders
refuse column 'number:text:not-null:default=' add_number --table orders --columns number:text:not-null
refuse foreign-key 'nothing tells what "code" refers to' add_code_fk_to_orders
refuse enum-value 'did you mean state' add_lost_to_stat
refuse enum-value 'has a value "paid" already' add_paid_to_state
refuse partition 'shop_service.orders is not partitioned' add_orders_2026
refuse partition '"new" is no range' add_events_new
refuse rename-column 'did you mean note' rename_orders_nota_to_remark
refuse view 'there is a table or view orders already' orders --table customers
is "$(ls "$migrations")" "$(printf '000001_create_shop.%s.sql\n' down up)" "and nothing is written"

# A new type needs its cases here.
for file in "$root"/templates/migration/*.yaml; do
    type=$(basename "$file" .yaml)
    grep -q '^seeds:' "$file" && continue # those have tests/seed_generate.t
    ok "$type is tried without parameters" test -n "${bare[$type]:-}"
    ok "$type is tried with parameters" test -n "${given[$type]:-}"
done

report
done_testing
