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

# --- what is in the way

shop <<'END'
CREATE TYPE shop_service.state AS ENUM ('new');
CREATE DOMAIN shop_service.positive AS int CHECK (VALUE > 0);
CREATE SEQUENCE shop_service.numbers;
CREATE TABLE shop_service.orders (
    id bigint PRIMARY KEY, tag text, state shop_service.state, price int, doc jsonb, CONSTRAINT orders_price CHECK (price > 0)
);
CREATE TABLE shop_service.lines (id bigint PRIMARY KEY, order_id bigint, note text);
CREATE UNIQUE INDEX lines_note ON shop_service.lines (note);
CREATE INDEX orders_tag ON shop_service.orders (tag);
CREATE VIEW shop_service.open_orders AS SELECT id FROM shop_service.orders;
END
made='shop-service 000001 makes it; take another name'
refuses 'there is an index shop_service.orders_tag already' "$made" find --type index --table lines --columns order_id --index orders_tag
refuses 'there is a table shop_service.orders already' "$made" find --type index --table lines --columns order_id --index orders
refuses 'there is a type shop_service.state already' "$made" add_state --type table
refuses 'there is a sequence shop_service.numbers already' "$made" add_numbers --type table
for name in orders_price orders_pkey; do
    refuses "shop_service.orders has a constraint $name already" 'CONSTRAINT= gives the new one another name' \
        good --type check --table orders --expression 'price > 1' --constraint $name
done

# --- what is not there

columns='it has id, tag, state, price and doc'
refuses 'table shop_service.orders has no column "nosuch"' "$columns" good --type check --table orders --expression 'price > 0 AND nosuch > 1'
refuses 'table shop_service.orders has no column "nosuch"' "$columns" see --type rls-policy --table orders --expression 'nosuch = 1'
refuses 'table shop_service.orders has no column "prise"' 'did you mean price?' find --type index --table orders --on 'lower(tag), abs(prise)'
refuses 'table shop_service.orders has no column "nosuch"' "$columns" find --type index --table orders --columns tag --expression 'nosuch > 1'
refuses 'there is no type "nosuch" in shop_service' '' add_carts --type table --columns a:nosuch
refuses 'there is no type "stat" in shop_service' 'did you mean state?' add_a_to_orders --type column --columns a:stat
refuses 'there is no table or view "orderz" in shop_service' 'did you mean orders?' see --type view --body 'SELECT id FROM shop_service.orderz'
refuses 'column "note" is text and cannot refer to shop_service.orders(id), which is bigint' \
    'what refers has the type of what it refers to' belong --type foreign-key --table lines --columns note --references orders
refuses 'shop_service.orders has no primary or unique key of price alone, and a reference needs one' \
    'refer to a primary key or to unique columns' belong --type foreign-key --table lines --columns order_id --references 'orders(price)'
for arguments in 'add_carts --type table --columns state:state,label:text:references=lines(note)' \
    'add_nodes --type table --columns parent_id:bigint:references=nodes' 'see --type rls-policy --table orders --expression orders=orders' \
    'add_carts --type table --columns a:hstore'; do
    # shellcheck disable=SC2086
    run "$SKEIN" generate $arguments --dry-run
    is "$status:$stderr" "0:a dry run: nothing was written" "nothing is missing for $arguments"
done

# --- what validate would call an error

refuses 'the up half of add would be an error of validate: shop_service.orders is written anew, and nobody can use it meanwhile, to number its rows in s [add-column-serial-identity]' \
    '' add --type column --table orders --columns s:serial
refuses 'the up half of add would be an error of validate: shop_service.orders is written anew, and nobody can use it meanwhile: shop_service.positive is a domain with constraints [add-column-constrained-domain]' \
    '' add --type column --table orders --columns p:shop_service.positive

done_testing
