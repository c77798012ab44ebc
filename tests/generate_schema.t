#!/usr/bin/env bash
# skein generate asks what is there: what its SQL would find in the way, or would not find, is an error before anything is
# written; and what is there beside the migrations, what it generates leaves alone.
. "$(dirname "$0")/lib/tap.sh"
. "$(dirname "$0")/lib/refuses.sh"

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

    # Rows come and go, and those that were there before stay.
    shop <<'END'
CREATE TABLE shop_service.kinds (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text UNIQUE, name text);
CREATE TABLE shop_service.words (word text, size int);
INSERT INTO shop_service.kinds (code, name) VALUES ('old', 'Old'), (NULL, 'New');
INSERT INTO shop_service.words VALUES ('old', 1), (NULL, 2);
END
    new_database
    "$SKEIN" up >/dev/null 2>&1
    rows="SELECT (SELECT string_agg(k::text, ' ' ORDER BY id) FROM shop_service.kinds k), (SELECT string_agg(w::text, ' ' ORDER BY size) FROM shop_service.words w)"
    before=$(sql "$rows")
    "$SKEIN" generate add_kinds --type data --table kinds --columns code,name --values "('a', NULL), ('b', md5(random()::text))" >/dev/null
    "$SKEIN" generate more_kinds --type data --table kinds --columns code,name --values "(NULL, 'New'), (NULL, 'New')" >/dev/null
    "$SKEIN" generate add_words --type data --table words --columns word,size --values "(NULL, 2), ('old', 1), ('old', 1), ('x', -1)" >/dev/null
    for i in production development; do
        run "$SKEIN" validate --environment $i --fail-on note
        unlike "$stdout" "00000[234]" "nothing is found in new rows in $i"
    done
    for time in first second; do
        "$SKEIN" up >/dev/null 2>&1
        is "$(sql 'SELECT (SELECT count(*) FROM shop_service.kinds), (SELECT count(*) FROM shop_service.words)')" "6|6" "rows are added, the $time time"
        "$SKEIN" down 3 --yes >/dev/null 2>&1
        is "$(sql "$rows")" "$before" "and going down leaves those that were there"
    done
    columns='with the primary key, or unique columns, among COLUMNS the row is found by that'
    refuses 'VALUES: now()::text of "word" is another value each time, so that going down cannot find the row' "$columns" \
        add --type data --table words --columns word --values '(now()::text)'
    refuses 'COLUMNS: "id" is an identity, which would give the same numbers once more to other rows' 'leave it out; the server numbers the rows' \
        add --type data --table kinds --columns id,code --values "(1, 'x')"
    refuses "VALUES: \"'a'\" is no row" "expected rows in parentheses with commas between them: (1, 'new'), (2, 'paid')" \
        add --type data --table words --columns word --values "'a'"
    refuses 'VALUES: (1) has 1 value for 2 columns' '' add --type data --table words --columns word,size --values "(1)"
else
    skip "an index of that name stops the migration" "no PostgreSQL server programs"
fi

# --- names that tell

shop <<'END'
CREATE TYPE shop_service.state AS ENUM ('new');
CREATE TABLE shop_service.orders (id bigint PRIMARY KEY, customer_id bigint, state text, email text, note text);
CREATE TABLE shop_service.events (id bigint, at timestamptz) PARTITION BY RANGE (at);
END
while read -r options expected; do
    run "$SKEIN" generate --dry-run $(tr , ' ' <<<"$options")
    like "$status $stdout" "^0 .*${expected//_/.}" "$options" || diag "$stderr"
done <<'END'
index_orders_customer_id_state,--type,index \(customer_id,_state\)
index_orders_customer_state,--type,index \(customer_id,_state\)
create_unique_index_orders_email,--type,index UNIQUE_INDEX_.*\(email\)
add_unique_index_on_orders_customer_id_state,--type,index UNIQUE_INDEX_.*\(customer_id,_state\)
orders_email_idx,--type,index CREATE_INDEX_.*\(email\)
add_partition_events_2026_03,--type,partition events_2026_03
create_events_partition_2026_03,--type,partition events_2026_03
rename_note_to_remark,--type,rename-column,--table,orders remark
drop_note,--type,drop-column,--table,orders DROP_COLUMN_note
orders_id_positive,--type,check,--expression,id>0 ADD_CONSTRAINT
add_value_refunded_to_state,--type,enum-value ADD_VALUE_'refunded'
AddUserProfiles,--type,table TABLE_shop_service.user_profiles
add_labels,--type,column,--table,orders,--columns,labels ADD_COLUMN_labels
END
refuses 'column: the name "add_columns_to_orders" does not tell its columns' '' add_columns_to_orders --type column

# --- what is in the way

shop <<'END'
CREATE TYPE shop_service.state AS ENUM ('new');
CREATE DOMAIN shop_service.positive AS int CHECK (VALUE > 0);
CREATE SEQUENCE shop_service.numbers;
CREATE TABLE shop_service.orders (
    id bigint PRIMARY KEY, tag text, state shop_service.state, price int, doc jsonb, CONSTRAINT orders_price CHECK (price > 0)
);
CREATE TABLE shop_service.lines (id bigint PRIMARY KEY, order_id bigint, note text);
CREATE TABLE shop_service.parts (line_id bigint, part int, note text, PRIMARY KEY (line_id, part));
CREATE TABLE shop_service.days (day date NOT NULL) PARTITION BY RANGE (day);
CREATE UNIQUE INDEX lines_note ON shop_service.lines (note);
CREATE INDEX orders_tag ON shop_service.orders (tag);
CREATE VIEW shop_service.open_orders AS SELECT id FROM shop_service.orders;
CREATE FUNCTION shop_service.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER orders_code BEFORE INSERT ON shop_service.orders FOR EACH ROW EXECUTE FUNCTION shop_service.touch();
CREATE TRIGGER gone BEFORE INSERT ON shop_service.orders FOR EACH ROW EXECUTE FUNCTION shop_service.touch();
DROP TRIGGER gone ON shop_service.orders;
CREATE POLICY mine ON shop_service.orders USING (true);
GRANT SELECT, DELETE ON shop_service.orders TO reporting;
REVOKE DELETE ON shop_service.orders FROM reporting;
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

refuses 'there is a policy mine on shop_service.orders already' 'OBJECT= gives the new one another name' \
    see --type rls-policy --table orders --object mine --expression 'price > 1'
refuses 'there is a trigger orders_code on shop_service.orders already' 'OBJECT= gives the new one another name' \
    code --type trigger --table orders --object orders_code --body 'BEGIN RETURN NEW; END'
refuses 'there is a function touch already' 'OBJECT= gives the new one another name' touch --type function --returns integer --body 'SELECT 1'
refuses 'OBJECT: "pg_mine": PostgreSQL keeps names that begin with pg_ for itself' '' mine --type schema --object pg_mine
is_view='shop_service.open_orders is a view: a migration of type'
refuses "$is_view column is for a table" 'TABLE= says which one it is' add --type column --table open_orders --columns a:int
refuses "$is_view trigger is for a table" '' add --type trigger --table open_orders --body 'BEGIN RETURN NEW; END'
long=$(printf 'x%.0s' {1..64})
for pair in string:text datetime:timestamptz 'string(20):text' double:'double precision'; do
    refuses "there is no type \"$(tr -d '()0-9' <<<"${pair%%:*}")\" in shop_service" "did you mean ${pair#*:}?" \
        add_new --type table --columns "x:${pair%%:*}"
done
refuses "VALUES: \"$long\" is too long: PostgreSQL takes 63 bytes" '' add --type enum-value --object state --values "$long"
refuses 'VALUES: "TRUNCATE" is nothing that a trigger before each row is for; expected INSERT, UPDATE or DELETE' '' \
    code --type trigger --table orders --body 'BEGIN RETURN NEW; END' --values DELETE,TRUNCATE

refuses 'BODY: "RETURN NEW;" is no PL/pgSQL' 'expected BEGIN …; RETURN NEW; END' code --type trigger --table orders --body 'RETURN NEW;'

# --- references of a new table

run "$SKEIN" generate add_stops --type table --columns 'order_id:references=orders,part_id:references=orders,line_id:references=lines:not-null' --dry-run
is "$(grep -c '\.up\.sql$' <<<"$stdout")" 2 "a new table with references to two tables is two migrations"
is "$(grep -c 'NOT VALID' <<<"$stdout")" 1 "the first table's are there at once"

# --- rows and partitions that no table takes

refuses 'COLUMNS: the rows give no id, which is NOT NULL and without a default in shop_service.lines' \
    'give it with the others, and a value for it in each row of VALUES=' add --type data --table lines --columns note --values "('a')"
refuses 'COLUMNS: the rows give no line_id and part, which are NOT NULL and without a default in shop_service.parts' '' \
    add --type data --table parts --columns note --values "('a')"
for range in 2027-01-01..2026-01-01 2026-01-01..2026-01-01; do
    refuses "PARTITION: FOR VALUES FROM ('${range%..*}') TO ('${range#*..}') holds no value" '' more --type partition --table days --partition "$range"
done

# --- privileges

refuses 'the migrations before give reporting SELECT on shop_service.orders already' \
    'going down would take it away; PRIVILEGES= says what is new' more --type grant --table orders --role reporting --privileges SELECT,INSERT
refuses 'the migrations before give reporting some privileges on shop_service.orders already' \
    '' more --type grant --table orders --role reporting --privileges ALL
refuses 'PRIVILEGES: ALL stands alone: it holds the others' '' more --type grant --table orders --role other --privileges SELECT,ALL
refuses 'PRIVILEGES: "INSRT" is none that can be given here; expected SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER or ALL' \
    '' more --type grant --table orders --role other --privileges INSRT
refuses 'PRIVILEGES: "SELECT" is none that can be given here; expected USAGE, CREATE or ALL' \
    "these are of the schema; TABLE= says which table's it is" more --type grant --role other --privileges SELECT
# A name that means a table never means the schema.
refuses 'there is no table "ordres" in shop_service' 'did you mean orders?  TABLE= says which one it is' grant_ordres_to_other --type grant
refuses 'there is no table "nosuch" in shop_service' '' grant_select_on_nosuch_to_other --type grant
refuses 'there is no table "nosuch" in shop_service' '' grant_nosuch --type grant --role other
refuses 'grant: the name "grant_select_to_other" does not tell its table' \
    'TABLE= says which one it is; of the schema, grant_usage_to_other tells it' grant_select_to_other --type grant
refuses 'grant: the name "grant_select_on_orders" does not tell its role' '' grant_select_on_orders --type grant
refuses 'there is no table "create" in shop_service' '' grant_create_on_schema_to_other --type grant
grants()
{
    run "$SKEIN" generate "$1" --type grant --dry-run "${@:3}"
    like "$stdout" "GRANT $2;" "$1 grants $2"
}
grants grant_insert_orders_to_other 'insert ON shop_service.orders TO other'
grants grant_orders_update_to_other 'update ON shop_service.orders TO other'
grants grant_delete_on_orders 'delete ON shop_service.orders TO other' --role other
grants grant_insert_orders 'insert ON shop_service.orders TO other' --role other
grants grant_usage_on_schema_to_other 'USAGE ON SCHEMA shop_service TO other'
grants grant_create_on_schema_to_other 'CREATE ON SCHEMA shop_service TO other' --privileges CREATE
grants grant_shop_service_to_other 'USAGE ON SCHEMA shop_service TO other'

refuses 'PRIVILEGES: a policy is for one of SELECT, INSERT, UPDATE, DELETE and ALL, not for "SELECT,INSERT"' \
    'make one policy for each, with a name by OBJECT=' see --type rls-policy --table orders --expression 'price > 1' --privileges SELECT,INSERT

refuses 'shop_service.orders has an equal constraint already: orders_price' 'a second one would only cost' \
    check_orders --type check --expression 'price > 0'

# --- what is chosen where nobody says it

chooses()
{
    run "$SKEIN" generate "${@:2}"
    like "$(cat "$migrations"/000002_*.up.sql "$migrations"/000003_*.up.sql 2>/dev/null)" "$1" "${*:2}: $1"
    rm -r "$migrations"/00000[2-9]* "$migrations/dependencies.json" "$migrations/docs"
}

chooses 'orders_price_check CHECK' check_orders --type check --expression 'price > 5'
chooses 'ON shop_service\.orders USING gin \(doc\)' find --type index --table orders --columns doc
chooses 'orders_meta_idx ON shop_service\.orders USING gin \(meta\)' add_meta_to_orders --type column --columns meta:jsonb:index
chooses 'USING gin \(tags\)' add_carts --type table --columns 'tags:text[]:index'
chooses 'every role but the owner sees' protect_lines --type rls-policy --expression 'order_id = 1'
"$SKEIN" generate protect_lines --type rls-policy --expression 'order_id = 1' >/dev/null
like "$(cat "$migrations/dependencies.json")" '"risk_level": "medium"' "row level security is of medium risk"
rm -r "$migrations"/000002* "$migrations/dependencies.json" "$migrations/docs"
chooses 'state shop_service\.state,' add_carts --type table --columns state:state
chooses 'states shop_service\.state\[\]' add_states_to_lines --type column --columns 'states:state[]'
chooses 'RETURNS SETOF shop_service\.orders' all_orders --type function --returns 'setof orders' --body 'SELECT * FROM shop_service.orders'
chooses 'RETURNS numeric\(12,2\)' gross --type function --returns 'numeric(12,2)' --body 'SELECT 1'
for name in create_index_on_lines_order_id idx_lines_order_id add_index_lines_order_id add_index_to_lines_order_id; do
    chooses 'ON shop_service\.lines \(order_id\)' $name --type index
done
chooses 'REFERENCES shop_service\.orders' lines_order_id_fk --type foreign-key

# --- words that mean nothing

nothing='leave it out; behind a column stands'
refuses 'COLUMNS: column "a": a migration of type column does nothing with primary-key' \
    "$nothing not-null, unique, index, default, references and on-delete" add --type column --table orders --columns a:text:primary-key
refuses 'RETURNS: "select 1" gives something, and nothing says what' \
    'RETURNS=integer, or another type; SETOF orders for rows; void where nobody wants it' one --type function --body 'select 1'
refuses 'COLUMNS: column "x": a migration of type function does nothing with unique' "$nothing default" \
    double --type function --body 'SELECT 1' --columns x:int:unique
refuses 'COLUMNS: column "tag": a migration of type index does nothing with default' "$nothing unique" \
    find --type index --table orders --columns "tag:default='x'"
refuses 'COLUMNS: column "tag": a migration of type drop-column does nothing with index' 'leave it out' \
    drop --type drop-column --table orders --columns tag:index

# --- whether rolling back brings back what was there

for arguments in "drop --type drop-column --table orders --columns tag" "fill --type data --table orders --columns tag:default='x'" \
    'add_paid_to_state --type enum-value'; do
    # shellcheck disable=SC2086
    "$SKEIN" generate $arguments >/dev/null
    like "$(cat "$migrations/dependencies.json")" '"rollback_safe": false' "it does not: $arguments"
    rm -r "$migrations"/000002* "$migrations/dependencies.json" "$migrations/docs"
done
"$SKEIN" generate add_carts --type table >/dev/null
unlike "$(cat "$migrations/dependencies.json")" rollback_safe "it does, and nothing is said"
rm -r "$migrations"/000002* "$migrations/dependencies.json" "$migrations/docs"

# --- what is not there

columns='it has id, tag, state, price and doc'
refuses 'EXPRESSION: table shop_service.orders has no column "nosuch"' "$columns" good --type check --table orders --expression 'price > 0 AND nosuch > 1'
refuses 'EXPRESSION: table shop_service.orders has no column "nosuch"' "$columns" see --type rls-policy --table orders --expression 'nosuch = 1'
refuses 'table shop_service.orders has no column "prise"' 'did you mean price?' find --type index --table orders --on 'lower(tag), abs(prise)'
refuses 'EXPRESSION: table shop_service.orders has no column "nosuch"' "$columns" find --type index --table orders --columns tag --expression 'nosuch > 1'
refuses 'there is no type "nosuch" in shop_service' '' add_carts --type table --columns a:nosuch
refuses 'there is no type "stat" in shop_service' 'did you mean state?' add_a_to_orders --type column --columns a:stat
refuses 'there is no table or view "orderz" in shop_service' 'did you mean orders?' see --type view --body 'SELECT id FROM shop_service.orderz'
refuses 'column "note" is text and cannot refer to shop_service.orders(id), which is bigint' \
    'what refers has the type of what it refers to' belong --type foreign-key --table lines --columns note --references orders
refuses 'shop_service.orders has no primary or unique key of price alone, and a reference needs one' \
    'refer to a primary key or to unique columns' belong --type foreign-key --table lines --columns order_id --references 'orders(price)'
refuses 'DEFAULT: table shop_service.orders has no column "nosuch"' "$columns" fill --type data --table orders --columns tag --default "'x' || nosuch"
refuses 'REFERENCES: the primary key of shop_service.parts has 2 columns' \
    'a reference to several columns is written by hand: ADD CONSTRAINT … FOREIGN KEY … NOT VALID, and VALIDATE CONSTRAINT in the migration after it' \
    belong --type foreign-key --table lines --columns order_id --references parts
refuses 'REFERENCES: "parts(line_id,part)" refers to several columns, which is written by hand; expected table, or table(column)' '' \
    belong --type foreign-key --table lines --columns order_id --references 'parts(line_id,part)'
for arguments in 'more --type grant --table orders --role reporting --privileges INSERT,delete' \
    'more --type grant --table lines --role reporting' 'more --type grant --role reporting' \
    'touch --type function --body NULL --columns a:int' 'gone --type trigger --table orders --body BEGIN/**/RETURN/**/NEW;END --object gone' \
    'add_carts --type table --columns state:state,label:text:references=lines(note)' \
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

# --- what only some environments have

shop <<<'CREATE TABLE shop_service.o (id bigint PRIMARY KEY);'
mkdir "$migrations/development"
echo '{"environments": {"development": {"migrations": ["development/000002_probes.up.sql"]}}}' >"$migrations/environments.json"
echo 'CREATE TABLE shop_service.probes (id bigint PRIMARY KEY, at date);' >"$migrations/development/000002_probes.up.sql"
echo 'DROP TABLE shop_service.probes;' >"$migrations/development/000002_probes.down.sql"
refuses 'only development has shop_service.probes: shop-service 000002 makes it' \
    '--for development (FOR=development) puts the migration there, too' index_probes_at --type index
refuses 'only development has shop_service.probes: shop-service 000002 makes it' '' \
    add_samples --type table --columns probe_id:references=probes
run "$SKEIN" generate index_probes_at --type index --for development
is "$status:$stderr" 0: "there it goes"
ok "into that directory" test -f "$migrations/development/000003_index_probes_at.up.sql"

done_testing
