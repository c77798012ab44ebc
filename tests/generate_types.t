#!/usr/bin/env bash
# Every type of migration that skein generates, with and without parameters: nothing is found in it, it applies, goes
# back to exactly what was there before, one migration after the other, and applies again, with rows in the tables.
. "$(dirname "$0")/lib/tap.sh"
[ -n "$(server_programs)" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"

base=$scratch/base
migrations=services/shop-service/migrations
mkdir -p "$base/$migrations" "$scratch/cases"
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

# What the roles and the tables are like before each case.
new_database
template=${DATABASE_URL#*@/} template=${template%%\?*}
sql 'CREATE ROLE reporting' || exit
(cd "$base" && "$SKEIN" up >"$scratch/base.log" 2>&1) || { cat "$scratch/base.log"; exit 1; }
psql -X -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f "$scratch/rows.sql" || exit
server="${DATABASE_URL%%@/*}@/postgres?${DATABASE_URL#*\?}"

# After a REVOKE the owner's own privileges are written out, which changes nothing.
fingerprint()
{
    psql -X -q -A -t "$DATABASE_URL" -f "$root/tests/campaign/fingerprint.sql" | sed 's|{postgres=[a-zA-Z]*/postgres}||'
}

# A command that has to say nothing wrong; what it prints is told when it does.
must()
{
    local words=$1 output
    shift
    if output=$("$@" 2>&1 </dev/null); then
        echo "ok $words"
    else
        echo "not ok $words"
        echo "$output"
        return 1
    fi
}

silent()
{
    local output
    output=$("$@" 2>&1) || { echo "$output"; return 1; }
    [ "$(grep -c . <<<"$output")" = 1 ] || { echo "$output"; return 1; }
}

same()
{
    diff "$1" "$2"
}

changed()
{
    ! cmp -s "$1" "$2"
}

# One case: $1 its number, then the arguments of generate, and behind -- a query with what it has to say afterwards.
carry_out()
{
    local place=$scratch/cases/$1 count i words query= arguments=()
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do arguments+=("$1"); shift; done
    [ $# -eq 0 ] || query=$2
    words=${arguments[*]}
    cp -a "$base" "$place" && cd "$place" || return
    export DATABASE_URL="${server%%@/*}@/case_${place##*/}?${server#*\?}"
    psql -X -q "$server" -c "CREATE DATABASE case_${place##*/} TEMPLATE $template STRATEGY file_copy" || return
    must "$words: is generated" "$SKEIN" generate --service shop-service "${arguments[@]}" || return
    # A renamed column takes two releases, and two generations.
    [[ " $words " != *' --type rename-column '* ]] ||
        must "$words: is generated again" "$SKEIN" generate --service shop-service "${arguments[@]}" || return
    for i in development production; do
        must "$words: nothing is found in $i" silent "$SKEIN" validate --environment "$i" --fail-on note
    done
    count=$(($(ls "$migrations" | grep -c '\.up\.sql$') - 1))
    fingerprint >0
    for ((i = 1; i <= count; i++)); do
        must "$words: up $i" "$SKEIN" up 1 || return
        fingerprint >"$i"
    done
    [[ " $words " = *' --type data '* ]] || must "$words: the schema is another one" changed 0 "$count"
    [ -z "$query" ] || must "$words: $query" eval '[ "$(psql -X -q -A -t "$DATABASE_URL" -c "$query")" = t ]'
    for ((i = count; i > 0; i--)); do
        must "$words: down $i" "$SKEIN" down 1 || return
        fingerprint >back
        must "$words: down $i leaves what was there before" same $((i - 1)) back
    done
    must "$words: up again" "$SKEIN" up || return
    fingerprint >again
    must "$words: is the same again" same "$count" again
}

cases=0 running=()
declare -A bare given
try()
{
    local type=$2
    if [ $# -gt 2 ] && [ "$3" != -- ]; then given[$type]=yes; else bare[$type]=yes; fi
    set -- "$1" --type "${@:2}"
    cases=$((cases + 1))
    (trap - EXIT; carry_out "$cases" "$@") >"$scratch/cases/$cases.log" 2>&1 &
    running+=($!)
    [ $((cases % 4)) -ne 0 ] || finish
}

finish()
{
    [ ${#running[@]} -eq 0 ] || wait "${running[@]}"
    running=()
}

try create_invoices table
try add_invoices table --columns 'number:text:not-null:unique,order_id:references=orders:on-delete=cascade'
try add_visits table --table hits --columns at:timestamptz:not-null --partition-by 'range (at)'
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
try backfill_orders_note data
try fill_notes data --table orders --columns note --default "'order ' || code" \
    -- "SELECT bool_and(note = 'order ' || code) FROM shop_service.orders"
try fill_pages data --table visits --columns tenant_id --default 7 --expression "page = 'page'" \
    -- 'SELECT bool_and(tenant_id = 7) FROM shop_service.visits'
try add_pages_to_visits data --columns page,tenant_id --values "('first', 1), ('second', 2)"
try add_lost_to_state enum-value
try new_states enum-value --object state --values 'lost,sent back'
try rename_orders_code_to_number rename-column
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
refuse()
{
    run "$SKEIN" generate --service shop-service --type "$1" "${@:3}"
    isnt "$status" 0 "$1 ${*:3} is refused"
    like "$stderr" "$2" "and it says why"
    bare[$1]=yes
}
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
refuse partition 'not partitioned by range' add_orders_2026
refuse partition 'no range; expected from' add_events_new
refuse rename-column 'did you mean note' rename_orders_nota_to_remark
refuse view 'there is a table or view orders already' orders --table customers
is "$(ls "$migrations")" "$(printf '000001_create_shop.%s.sql\n' down up)" "and nothing is written"

# A new type needs its cases here.
for file in "$root"/templates/migration/*.yaml; do
    type=$(basename "$file" .yaml)
    ok "$type is tried without parameters" test -n "${bare[$type]:-}"
    ok "$type is tried with parameters" test -n "${given[$type]:-}"
done

for ((i = 1; i <= cases; i++)); do
    while IFS= read -r line; do
        case $line in
        'ok '*) pass "${line#ok }" ;;
        'not ok '*) fail "${line#not ok }" ;;
        *) diag "$line" ;;
        esac
    done <"$scratch/cases/$i.log"
done

done_testing
