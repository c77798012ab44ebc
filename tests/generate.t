#!/usr/bin/env bash
# skein generate: from a name and a type to files that are right as they stand, all of them or none.
. "$(dirname "$0")/lib/tap.sh"
. "$(dirname "$0")/lib/refuses.sh"

export NO_COLOR=1

# A repository of one service with a table, in an empty directory.
shop()
{
    rm -rf "$scratch/shop"
    mkdir -p "$scratch/shop/services/order-service/migrations" && cd "$scratch/shop" || exit
    migrations=services/order-service/migrations
    cat >"$migrations/000001_create_orders.up.sql" <<'END'
CREATE TABLE order_service.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL,
    note text
);
END
    echo 'DROP TABLE order_service.orders;' >"$migrations/000001_create_orders.down.sql"
    cat >"$migrations/dependencies.json" <<'END'
{
  "migrations": {
    "000001": { "depends_on": [], "risk_level": "low" }
  },
  "global_config": { "max_parallel_migrations": 1 }
}
END
}

files()
{
    (cd "$migrations" && find . -type f | sort)
}

# --- a table

shop
run "$SKEIN" generate add_order_items --type table \
    --columns "sku:text:not-null:unique,order_id:references=orders:not-null:on-delete=cascade,price:numeric(12,2):default=0"
is "$status" 0 "a table is generated"
is "$stdout" "$migrations/000002_add_order_items.up.sql
$migrations/000002_add_order_items.down.sql
$migrations/docs/migration_000002.md
$migrations/dependencies.json" "and says which files"
up=$(cat "$migrations/000002_add_order_items.up.sql")
like "$up" 'CREATE TABLE order_service\.order_items' "the table is in the service's schema"
like "$up" 'order_id bigint NOT NULL.* REFERENCES order_service\.orders \(id\) ON DELETE CASCADE' \
    "a reference takes type and key from the table that it refers to"
like "$up" 'price numeric\(12,2\).* DEFAULT 0' "a comma in a type divides no columns"
like "$up" 'CREATE INDEX order_items_order_id_idx' "what refers is indexed"
is "$(cat "$migrations/dependencies.json")" '{
  "migrations": {
    "000001": { "depends_on": [], "risk_level": "low" },
    "000002": { "description": "Add order items", "depends_on": ["000001"], "affects_tables": ["order_service.order_items"], "risk_level": "low", "migration_type": "table" }
  },
  "global_config": { "max_parallel_migrations": 1 }
}' "the entry stands as its neighbours do, and the rest as it was"
run "$SKEIN" validate
is "$stdout" "1 service, 2 migrations: 0 errors, 0 warnings" "validate has nothing to say"

run "$SKEIN" docs
unlike "$stdout" "left alone" "skein docs goes on with the page"
like "$(cat "$migrations/docs/migration_000002.md")" 'Creates the table' "which then says what it does"
run "$SKEIN" docs --check
is "$status" 0 "and is as it should be"

# --- an index, from its name

run "$SKEIN" generate index_order_items_order --type index --expression 'price > 0'
is "$status" 0 "an index of a table that another generated migration makes"
like "$(cat "$migrations/000003_index_order_items_order.up.sql")" \
    'CREATE INDEX CONCURRENTLY order_items_order_id_idx1.*ON order_service\.order_items \(order_id\)' \
    "the longest table that is there counts, order means order_id, and no name is taken twice"
rm "$migrations"/000003* "$migrations"/docs/*3.md
cp "$migrations/dependencies.json" "$scratch/with" && sed -i '/"000003"/d; s/\("000002".*\),$/\1/' "$migrations/dependencies.json"
run "$SKEIN" generate index_orders_by_customer_id_and_note --type index
like "$(cat "$migrations"/*.up.sql)" 'ON order_service\.orders \(customer_id, note\)' "several columns, in their order"
run "$SKEIN" generate find_orders --type index --table orders --on "lower(note), id DESC" --expression "note IS NOT NULL"
like "$(cat "$migrations"/*find_orders.up.sql)" '\(lower\(note\), id DESC\).*WHERE note IS NOT NULL' "expressions, and some rows"
run "$SKEIN" validate
is "$stdout" "1 service, 4 migrations: 0 errors, 0 warnings" "validate has nothing to say"

# --- what is wrong

shop
types=$("$SKEIN" templates types | awk 'NR > 1 { name[++n] = $1 } END { for (i = 1; i < n; i++) printf "%s%s", i == 1 ? "" : ", ", name[i]; print " and " name[n] }')
refuses 'there is no table "ordrs" in order_service' 'did you mean orders?  TABLE= says which one it is' index_ordrs_note --type index
refuses 'COLUMNS: table order_service.orders has no column "nota"' 'did you mean note?' index_orders_nota --type index
for name in index_orders_foo_note index_orders_note_foo index_orders_serch_note; do
    wrong=${name#index_orders_}
    refuses "COLUMNS: table order_service.orders has no column \"$wrong\"" '' $name --type index
done
refuses 'there is a table order_service.orders already' \
    'order-service 000001 makes it; TABLE= gives the new one another name' add_orders --type table
refuses 'there is no type of migration "tabel"' 'did you mean table? the types are '"$types" add_x --type tabel
refuses 'COLUMNS: column "email": "txet(" is no type: syntax error at or near ")"' '' add_x --type table --columns 'email:txet('
refuses 'COLUMNS: column "email": "not-nul" is unknown' 'did you mean not-null?' add_x --type table --columns email:text:not-nul
refuses 'COLUMNS: column "age": "default=" has no value; expected default=…' '' add_x --type table --columns age:int:default=
refuses "COLUMNS: column \"kind\": \"new\" is no default: it names the column \"new\"; a text is written 'new'" '' \
    add_x --type table --columns kind:text:default=new
refuses 'COLUMNS: "a int primary key" is written as in SQL' 'expected a:integer:primary-key' add_x --type table --columns 'a:int primary key'
refuses 'COLUMNS: column "a" is there twice' '' add_x --type table --columns a:int,b:int,A:int
refuses 'COLUMNS: "2x" is no name: letters, digits and '"'_'"' make one, a digit not at the beginning; any other stands in double quotes' '' \
    add_x --type table --columns 2x:int
refuses 'there is no table "customers" in order_service' '' add_x --type table --columns 'c_id:bigint:references=customers(id)'
refuses 'COLUMNS: table order_service.orders has no column "idd"' 'did you mean id?' \
    add_x --type table --columns 'o:bigint:references=orders(idd)'
refuses 'a migration of type table takes no ON' 'it takes TABLE, COLUMNS, PARTITION_BY and PARTITION' add_x --type table --on a
refuses 'index: the name "faster" does not tell its table' 'TABLE=: the table; a name such as index_orders_user_id tells it' faster --type index
refuses "'../x' cannot be the name of a migration" '' ../x --type table
refuses 'generate needs a type' '' add_x
refuses 'generate needs a name' ''
refuses 'COLUMNS: column "a": "int); DROP TABLE x; --" is no type: syntax error at or near ")"' '' \
    add_x --type table --columns 'a:int); DROP TABLE x; --'

# --- what is there already

shop
cat >>"$migrations/000001_create_orders.up.sql" <<'END'
CREATE INDEX orders_by_note ON order_service.orders (note, id DESC);
CREATE INDEX some_orders ON order_service.orders (lower(note)) WHERE note IS NOT NULL;
END
made='order-service 000001 makes it; a second one would only cost'
refuses 'COLUMNS: column "customer_id" of order_service.orders is NOT NULL already' \
    'leave it out; order-service 000001 added it' require_orders_customer_id --type not-null
refuses 'COLUMNS: column "id" of order_service.orders is NOT NULL already' \
    'leave it out; order-service 000001 added it' require_it --type not-null --table orders --columns note,id
refuses 'order_service.orders has an equal index already: orders_by_note' "$made" \
    find_it --type index --table orders --on 'Note, id desc'
refuses 'order_service.orders has an equal index already: some_orders' "$made" \
    find_it --type index --table orders --on 'lower(note)' --expression 'note IS NOT NULL'
refuses 'order_service.orders has an equal index already: orders_pkey' "$made" index_orders_id --type index
for on in 'note' 'note, id' 'lower(note)' 'id DESC, note'; do
    run "$SKEIN" generate find_it --type index --table orders --on "$on" --index "find_$RANDOM"
    is "$status:$stderr" "0:" "an index on ($on) is another one"
done

# --- partitioned tables

shop
cat >>"$migrations/000001_create_orders.up.sql" <<'END'
CREATE TABLE order_service.visits (at timestamptz NOT NULL, order_id bigint, page text) PARTITION BY RANGE (at);
END
refuses 'COLUMNS: column "kind" cannot be unique: order_service.visits is partitioned by at' \
    'a unique key has to hold the columns that it is partitioned by; type index makes one of several columns unique: --columns kind:unique,at' \
    add_kind_to_visits --type column --columns kind:text:unique
run "$SKEIN" generate require_visits_page --type not-null
is "$status:$stderr" "0:" "what works on a partitioned table is generated"

# --- columns that cannot have two names

shop
cat >>"$migrations/000001_create_orders.up.sql" <<'END'
CREATE TABLE order_service.parents (id bigint PRIMARY KEY, code text, size int,
    double int GENERATED ALWAYS AS (size * 2) STORED);
CREATE TABLE order_service.children (extra text) INHERITS (order_service.parents);
CREATE TABLE order_service.facts (id bigint, double int GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE order_service.visits (at timestamptz NOT NULL, page text) PARTITION BY RANGE (at);
CREATE TABLE order_service.visits_2026 PARTITION OF order_service.visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
    PARTITION BY LIST (lower(page));
END
by_hand='write it by hand: ALTER TABLE … RENAME COLUMN, when no program uses the table'
refuses 'order_service.children inherits from order_service.parents, and the trigger that keeps both names equal would not see its rows' \
    "$by_hand" rename_parents_code_to_label --type rename-column
refuses 'order_service.children has the column "code" from order_service.parents' 'rename it there' \
    rename_children_code_to_label --type rename-column
refuses 'order_service.visits_2026 has the column "page" from order_service.visits' 'rename it there' \
    rename_it --type rename-column --table visits_2026 --old-name page --new-name url
refuses 'order_service.visits is partitioned by "at": no trigger may fill it, since it says where a row goes' "$by_hand" \
    rename_visits_at_to_seen --type rename-column
refuses 'order_service.visits is partitioned by "page": no trigger may fill it, since it says where a row goes' "$by_hand" \
    rename_visits_page_to_url --type rename-column
refuses 'column "double" of order_service.facts is generated: a trigger cannot see what it will hold' \
    'add one of the new name, generated in the same way, and drop this one when nobody uses it' \
    rename_facts_double_to_twice --type rename-column
refuses 'NEW_NAME: order_service.orders has a column "customer_id" already, which is no copy of "note"' 'take another name' \
    rename_orders_note_to_customer_id --type rename-column
run "$SKEIN" generate rename_children_extra_to_more --type rename-column
is "$status:$stderr" "0:" "a column of the child's own can be renamed"

# --- all files or none

shop
mkdir "$migrations/docs" && echo mine >"$migrations/docs/migration_000002.md"
run "$SKEIN" generate add_things --type table
isnt "$status" 0 "a page that is there stops it"
is "$(files)" "./000001_create_orders.down.sql
./000001_create_orders.up.sql
./dependencies.json
./docs/migration_000002.md" "no half is left"
is "$(cat "$migrations/docs/migration_000002.md")" mine "and the page is as it was"

shop
sed -i 's/"low"/"low",/' "$migrations/dependencies.json"
run "$SKEIN" generate add_things --type table
is "$status" 2 "dependencies.json that cannot be read stops it"
like "$stderr" "dependencies\.json:3:" "with the place"
is "$(files | wc -l)" 3 "nothing is written"

shop
rm "$migrations/dependencies.json"
run "$SKEIN" generate add_things --type table
is "$(cat "$migrations/dependencies.json")" '{
  "migrations": {
    "000002": {
      "description": "Add things",
      "depends_on": ["000001"],
      "affects_tables": ["order_service.things"],
      "risk_level": "low",
      "migration_type": "table"
    }
  }
}' "dependencies.json is made where it is not there"

# --- formats of dependencies.json

shop
printf '{\r\n\t"migrations": {\r\n\t\t"1_create_orders": {\r\n\t\t\t"depends_on": []\r\n\t\t}\r\n\t}\r\n}\r\n' >"$migrations/dependencies.json"
run "$SKEIN" generate add_things --type table
is "$(cat -A "$migrations/dependencies.json")" '{^M$
^I"migrations": {^M$
^I^I"1_create_orders": {^M$
^I^I^I"depends_on": []^M$
^I^I},^M$
^I^I"2_add_things": {^M$
^I^I^I"description": "Add things",^M$
^I^I^I"depends_on": ["000001"],^M$
^I^I^I"affects_tables": ["order_service.things"],^M$
^I^I^I"risk_level": "low",^M$
^I^I^I"migration_type": "table"^M$
^I^I}^M$
^I}^M$
}^M$' "tabs, ends of lines, keys with names and without zeros"
shop
echo '{"000001": []}' >"$migrations/dependencies.json"
run "$SKEIN" generate add_things --type table
is "$(cat "$migrations/dependencies.json")" '{"000001": [], "000002": ["000001"]}' "the old short form"
shop
echo '{"migrations": {}, "é": "\"}"}' >"$migrations/dependencies.json"
run "$SKEIN" generate add_things --type table
run "$SKEIN" validate --fail-on never
like "$stdout" "0 errors" "an empty object gets its first member"
shop
echo '{"migrations": {"000002": {"depends_on": []}}}' >"$migrations/dependencies.json"
refuses "$migrations/dependencies.json:1:17: there is an entry \"000002\" already" "" add_things --type table

# --- environments

shop
cat >"$migrations/environments.json" <<'END'
{
  "environments": {
    "development": {
      "migrations": [
        "development/000002_samples.up.sql"
      ]
    },
    "staging": { "description": "like production" }
  }
}
END
mkdir "$migrations/development"
echo "INSERT INTO order_service.orders (customer_id) VALUES (1);" >"$migrations/development/000002_samples.up.sql"
echo "DELETE FROM order_service.orders WHERE customer_id = 1;" >"$migrations/development/000002_samples.down.sql"
run "$SKEIN" generate add_probes --type table --for development
is "$status" 0 "a migration of one environment"
ok "its files lie in its directory" test -f "$migrations/development/000003_add_probes.up.sql"
ok "its page where skein docs has it" test -f "$migrations/docs/development/migration_000003.md"
is "$(sed -n '4,7p' "$migrations/environments.json")" '      "migrations": [
        "development/000002_samples.up.sql",
        "development/000003_add_probes.up.sql"
      ]' "its list names it"
like "$(cat "$migrations/dependencies.json")" '"000003": .*"environment": "development"' "its entry names the environment"
run "$SKEIN" generate add_traces --type table --for staging
is "$(sed -n '9p' "$migrations/environments.json")" \
    '    "staging": { "description": "like production", "migrations": ["staging/000004_add_traces.up.sql"] }' \
    "a list is made where there is none"
run "$SKEIN" generate add_more --type table
like "$(cat "$migrations/dependencies.json")" '"000005": \{ "description": "Add more", "depends_on": \["000001"\]' \
    "what all environments have depends on what all of them have"
for environment in development staging; do
    run "$SKEIN" validate --environment "$environment"
    is "$status" 0 "validate in $environment"
done
refuses "$migrations/environments.json: there is no environment \"qa\"" 'it has development and staging' \
    add_x --type table --for qa

shop
refuses "--for: there is no $migrations/environments.json" "it says which environments there are, and which files each of them has" \
    add_x --type table --for development
echo '{"environments": {"qa": {"migrations": "quality"}}}' >"$migrations/environments.json"
run "$SKEIN" generate add_probes --type table --for qa
ok "an environment that names a directory: there the files are" test -f "$migrations/quality/000002_add_probes.up.sql"
is "$(cat "$migrations/environments.json")" '{"environments": {"qa": {"migrations": "quality"}}}' "and nothing is listed"

# --- other kinds of directories

shop
mkdir plain && cd plain || exit
run "$SKEIN" generate add_things --type table --migrations .
is "$(ls)" "000001_add_things.down.sql
000001_add_things.up.sql" "with --migrations there are two files and nothing else"
like "$(cat ./*.up.sql)" 'CREATE TABLE public\.things' "in public"

shop
rm "$migrations"/0*
printf -- '-- Migration: a\n\n-- +++++ UP\nCREATE TABLE order_service.a (id int PRIMARY KEY);\n\n-- +++++ DOWN\nDROP TABLE order_service.a;\n' \
    >"$migrations/001_a.sql"
run "$SKEIN" generate add_things --type table --description "Things that are there"
is "$(files | grep sql)" "./001_a.sql
./002_add_things.sql" "one file for both directions where all others are"
is "$(head -2 "$migrations/002_add_things.sql")" "-- Migration: add_things
-- Description: Things that are there" "with its header"
run "$SKEIN" validate
is "$stdout" "1 service, 2 migrations: 0 errors, 0 warnings" "validate has nothing to say"

shop
rm "$migrations/dependencies.json"
for half in up down; do
    mv "$migrations/000001_create_orders.$half.sql" "$migrations/20240131235959_create_orders.$half.sql"
done
run "$SKEIN" generate add_things --type table
like "$(files)" '/20[0-9]{12}_add_things\.up\.sql' "numbered by time where the others are"

# --- two at once

shop
for i in 1 2 3 4 5 6 7 8; do
    "$SKEIN" generate "add_things_$i" --type table >/dev/null 2>"$scratch/error.$i" &
done
wait
is "$(cat "$scratch"/error.*)" "" "eight at once"
is "$(files | grep -c 'up.sql')" 9 "all of them have their files"
is "$(files | grep -o '/0000[0-9]*' | sort -u | wc -l)" 9 "and numbers of their own"
is "$(grep -c '"affects_tables"' "$migrations/dependencies.json")" 8 "and entries"
run "$SKEIN" validate
is "$stdout" "1 service, 9 migrations: 0 errors, 0 warnings" "validate has nothing to say"

# --- templates of one's own

shop
mkdir -p templates/migration services/order-service/templates/migration
echo 'CREATE TABLE {{table.schema | identifier}}.{{table.name | identifier}} (repository int PRIMARY KEY);' \
    >templates/migration/table.up.sql
run "$SKEIN" generate add_things --type table
like "$(cat "$migrations"/*things.up.sql)" 'repository int' "the repository's template takes the place of the built-in one"
echo 'CREATE TABLE {{table.schema | identifier}}.{{table.name | identifier}} (service int PRIMARY KEY);' \
    >services/order-service/templates/migration/table.up.sql
run "$SKEIN" generate add_more --type table
like "$(cat "$migrations"/*more.up.sql)" 'service int' "the service's that of both"
run "$SKEIN" templates --service order-service
like "$stdout" 'migration/table\.up\.sql +services/order-service/templates/migration/table\.up\.sql' "templates says from where"
like "$stdout" 'migration/table\.down\.sql +built in' "and what is built in"
run "$SKEIN" templates show migration/table.up.sql
is "$stdout" "$(cat templates/migration/table.up.sql)" "templates show prints the one in force"
"$SKEIN" templates show migration/index.up.sql >templates/migration/index.up.sql
ok "also into the file that is going to override it" test -s templates/migration/index.up.sql
rm templates/migration/index.up.sql

printf 'CREATE TABLE {{table.schema}} (id int);\n' >services/order-service/templates/migration/table.up.sql
refuses 'services/order-service/templates/migration/table.up.sql:1:14: in SQL, "table.schema" does not say how it is quoted' '' \
    add_x --type table
printf 'CREATE TABEL x (id int);\n' >services/order-service/templates/migration/table.up.sql
run "$SKEIN" generate add_x --type table
is "$status" 2 "a template that makes no SQL is refused"
like "$stderr" 'syntax error at or near "TABEL"' "with what is wrong"
cat >templates/migration/queue.yaml <<'END'
summary: a queue in two steps
parameters:
  table: {required: yes, derive: "add_*"}
migrations:
  - {up: queue.up.sql, down: queue.down.sql}
  - {suffix: _index, up: queue_index.up.sql, down: queue_index.down.sql, transaction: no}
END
echo 'CREATE TABLE order_service.{{table.name | identifier}} (id int PRIMARY KEY);' >templates/migration/queue.up.sql
echo 'DROP TABLE order_service.{{table.name | identifier}};' >templates/migration/queue.down.sql
echo 'ANALYZE order_service.{{table.name | identifier}};' >templates/migration/queue_index.up.sql
echo 'ANALYZE order_service.{{table.name | identifier}};' >templates/migration/queue_index.down.sql
run "$SKEIN" generate add_jobs --type queue
is "$status" 0 "a type of one's own, of two migrations"
is "$(cat "$migrations"/*_add_jobs_index.up.sql)" "-- skein: no-transaction
ANALYZE order_service.jobs;" "the second one says that it is no transaction"
run "$SKEIN" generate add_chores --type queue --format unix
is "$(files | grep -c '/1[0-9]\{9\}_add_chores.*up')" 2 "two that are numbered by time have two numbers"
like "$(cat "$migrations/dependencies.json")" '"000005": \{ "description": "Add jobs index", "depends_on": \["000004"\]' "and depends on the first"
sed -i 's/suffix: _index/sufix: _index/' templates/migration/queue.yaml
run "$SKEIN" generate add_tasks --type queue
like "$stderr" 'templates/migration/queue\.yaml:6:6: .*unknown key "sufix"' "an error in a type names file and line"
like "$stderr" 'did you mean "suffix"' "and the nearest key"

# --- texts that would say something else in the SQL

shop
refuses 'BODY: "SELECT 1; DROP TABLE orders" is no query: it is more than that' '' open_orders --type view --body 'SELECT 1; DROP TABLE orders'
refuses 'BODY: "SELECT 1 -- why" ends with a comment or a semicolon; leave that out' '' open_orders --type view --body 'SELECT 1 -- why'
refuses 'EXPRESSION: "id > 1 -- why" ends with a comment; leave that out, DESCRIPTION takes it' '' \
    check_orders --type check --expression 'id > 1 -- why'
echo "CREATE TYPE order_service.mood AS ENUM ('calm');" >"$migrations/000002_mood.up.sql"
echo 'DROP TYPE order_service.mood;' >"$migrations/000002_mood.down.sql"
refuses "VALUES: \"it's so,x\" has a quote that is not closed" \
    "in single quotes one that belongs to the value is written twice: 'it''s so'" add_x_to_mood --type enum-value --values "it's so,x"
run "$SKEIN" generate add_uuid_ossp_extension --type extension --dry-run
like "$stdout" '"uuid-ossp"' "an extension may have a name with a hyphen"
run "$SKEIN" generate add_uuid --type extension --extension uuid-ossp
like "$(cat "$migrations/000003_add_uuid.up.sql")" 'CREATE EXTENSION.* "uuid-ossp"' "also where the parameter says it"
refuses 'there is an extension uuid-ossp already' 'take another name' add_uuid_ossp_extension --type extension

shop
mkdir -p templates/migration
ln -s nowhere templates/migration/table.up.sql
run "$SKEIN" generate add_tags --type table
is "$status" 2 "a template that leads nowhere does not fall back to the built-in one"
like "$stderr" 'templates/migration/table\.up\.sql is no file: a symlink that leads nowhere' "and is named"
rm templates/migration/table.up.sql
printf -- '-- {{title | comment}}\n\nCREATE TABEL {{{table.sql}}} (id int);\n' >templates/migration/table.up.sql
run "$SKEIN" generate add_tags --type table
like "$stderr" '^error: templates/migration/table\.up\.sql:3:8: syntax error at or near "TABEL"' "what is no SQL is an error at the template's line"
like "$stderr" 'line 3 of the SQL that comes out: CREATE TABEL order_service\.tags' "with the SQL"

shop
for half in up down; do
    mv "$migrations/000001_create_orders.$half.sql" "$migrations/20260101120000_create_orders.$half.sql"
done
sed -i s/000001/20260101120000/ "$migrations/dependencies.json"
run "$SKEIN" generate add_tags --type table --format unix
is "$status" 2 "a number that would not stand behind the others is refused"
like "$stderr" 'would put it before 20260101120000, which is there' "and it is said why"
shop
rm "$migrations"/*.sql "$migrations/dependencies.json"
printf -- '-- +++++ UP\nCREATE TABLE order_service.orders (id bigint PRIMARY KEY);\n-- +++++ DOWN\nDROP TABLE order_service.orders;\n' >"$migrations/001_orders.sql"
run "$SKEIN" generate add_tags --type table --description $'tags\n-- +++++ DOWN of orders'
run "$SKEIN" validate
is "$status" 0 "a description of several lines is one, and no marker"

# --- a dry run

shop
before=$(find . | sort)
run "$SKEIN" generate add_tags --type table --columns label:text --dry-run
is "$status" 0 "a dry run goes well"
like "$stdout" '000002_add_tags\.up\.sql.*-- 000002_add_tags, up.*CREATE TABLE order_service\.tags' "it shows the files and the SQL"
is "$stderr" "a dry run: nothing was written" "says what it is"
run "$SKEIN" create later --dry-run
is "$stdout" "$PWD/$migrations/000002_later.up.sql
$PWD/$migrations/000002_later.down.sql" "create, too"
run "$SKEIN" service billing-service --dry-run
like "$stdout" 'services/billing-service/migrations/000001_create_billings\.up\.sql' "and service"
mkdir services/new-service
run "$SKEIN" create first --service new-service --dry-run
is "$status" 0 "where there is no directory yet"
rmdir services/new-service
is "$(find . | sort)" "$before" "nothing is written"
run "$SKEIN" generate add_tags --type table --dry-run --json
like "$stdout" '"up":"[^"]*CREATE TABLE' "as JSON with the SQL"

# --- killed

# Whatever a killed run leaves, the next one makes whole: each migration with both halves, its page and its entry.
whole()
{
    local up version
    [ ! -e "$migrations/.skein-unfinished" ] && ! ls "$migrations"/*.tmp >/dev/null 2>&1 || return
    for up in "$migrations"/*.up.sql; do
        version=$(basename "$up" | cut -d_ -f1)
        [ -f "${up%.up.sql}.down.sql" ] && grep -q "\"$version\"" "$migrations/dependencies.json" || return
        [ "$version" = 000001 ] || [ -f "$migrations/docs/migration_$version.md" ] || return
    done
}

shop
for pause in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
    "$SKEIN" generate "add_label_$pause" --type column --table orders --columns "label_$pause:text:unique:index" >/dev/null 2>&1 &
    sleep "0.0$((pause / 10))$((pause % 10))"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
done
run "$SKEIN" generate add_tags --type table
is "$status" 0 "after runs that were killed one goes well"
ok "and all is whole" whole

shop
printf 'skein batch 1\n%d 3 -1 -1\n%snew\n' "$(printf %s "$PWD/$migrations/000002_x.up.sql" | wc -c)" "$PWD/$migrations/000002_x.up.sql" >"$migrations/.skein-unfinished"
printf 'ne' >"$migrations/000002_x.up.sql"
run "$SKEIN" validate
is "$status" 1 "files of a run that was killed are an error"
like "$stdout$stderr" 'services/order-service/migrations/\.skein-unfinished.*killed, or is not done yet' "and it is said why"
run "$SKEIN" generate add_tags --type table
like "$stderr" 'took back what an interrupted run had begun to write in services/order-service/migrations: 1 file$' "the next run takes them back"
is "$(files | grep -c 000002)" 3 "and gives their number to its own"
printf 'skein batch 1\n%d 3 -1 -1\n%snew\n' "$(printf %s "$PWD/$migrations/000003_x.up.sql" | wc -c)" "$PWD/$migrations/000003_x.up.sql" >"$migrations/.skein-unfinished"
echo 'SELECT 1;' >"$migrations/000003_x.up.sql"
refuses "$PWD/$migrations/000003_x.up.sql was edited after a run that was interrupted while it wrote" "" add_more --type table

# --- asking

# asked ANSWERS ARGUMENTS…: what the terminal shows.
asked()
{
    local answers=$1
    shift
    # shellcheck disable=SC2059
    printf "$answers" | timeout 20 script -qec "$SKEIN generate $*" /dev/null | tr -d '\r'
}

shop
mkdir -p services/user-service/migrations
if ! command -v script >/dev/null; then
    skip "on a terminal it asks" "no script(1)"
else
    shown=$(asked 'ordr-service\norder-service\ntabel\ntable\n../x\nadd_order_tags\n\nlabel:txt(\nlabel:text:not-null\n\n')
    like "$shown" 'Name, such as add_user_profiles' "shows a name that tells the rest"
    like "$shown" 'the new table \[order_tags\]' "proposes what the name tells"
    like "$shown" "Services: order-service and user-service" "on a terminal it asks for the service"
    like "$shown" "did you mean order-service" "says what is wrong with an answer, and asks again"
    like "$shown" 'did you mean table' "for the type"
    like "$shown" "'../x' cannot be the name of a migration" "for the name"
    like "$shown" 'COLUMNS: column "label": "txt\(" is no type' "for the parameters"
    ok "and then writes" test -f "$migrations/000002_add_order_tags.up.sql"
    like "$(cat "$migrations/000002_add_order_tags.up.sql")" 'label text NOT NULL' "what was answered"
    shown=$(asked 'add_label_column\nordrs\norders\nid\nlabel\n' --service order-service --type column)
    like "$shown" 'there is no table "ordrs".*did you mean orders' "what the schema does not bear out is said at once"
    is "$(grep -c 'table: the table' <<<"$shown")" 2 "and asked again, before anything else is"
    like "$shown" 'has a column "id" already' "of columns, too"
    ok "until it is right" test -f "$migrations/000003_add_label_column.up.sql"
    shown=$(asked 'orders\nnote\n\n\n\n\n' index_ordrs_note --type index --service order-service)
    like "$shown" 'there is no table "ordrs"|does not tell its table' "what was given whole and is wrong is asked about"
    ok "and then right" test -f "$migrations/000004_index_ordrs_note.up.sql"
    before=$(files)
    shown=$(asked '' --service order-service --type table)
    like "$shown" "no answer; nothing was changed" "without an answer it ends"
    is "$(files)" "$before" "and nothing is written"
    shown=$(asked '' add_more_tags --service order-service --type table)
    unlike "$shown" "Type" "what is said is not asked for"
fi
run "$SKEIN" generate --service order-service
is "$status" 2 "elsewhere it does not ask"
like "$stderr" "generate needs a name" "but says what it needs"

done_testing
