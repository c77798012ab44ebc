#!/usr/bin/env bash
# `skein docs`: what pages say, what of them stays, and when they are written.
. "$(dirname "$0")/lib/tap.sh"
mkdir "$scratch/shop" && cd "$scratch/shop" || exit
home=services/shop/migrations pages=services/shop/migrations/docs

# migration DIRECTORY ID UP DOWN
migration()
{
    mkdir -p "$1"
    printf '%s\n' "$3" >"$1/$2.up.sql"
    printf '%s\n' "$4" >"$1/$2.down.sql"
}

# says PAGE LINE NAME
says()
{
    if grep -qxF -- "$2" "$1"; then pass "$3"; else fail "$3"; diag "no line \"$2\" in $1"; fi
}

# lacks PAGE TEXT NAME
lacks()
{
    if grep -qF -- "$2" "$1"; then fail "$3"; else pass "$3"; fi
}

migration $home 000001_create_orders "CREATE SCHEMA IF NOT EXISTS shop;
COMMENT ON SCHEMA shop IS 'What is sold';
CREATE TABLE shop.customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE shop.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES shop.customers ON DELETE CASCADE,
    total numeric(12, 2) NOT NULL DEFAULT 0 CHECK (total >= 0),
    note text
);
CREATE INDEX orders_note_idx ON shop.orders (lower(note) DESC) WHERE note IS NOT NULL;
COMMENT ON TABLE shop.orders IS 'One | row
each';
COMMENT ON COLUMN shop.orders.total IS 'With <tax>';" "DROP TABLE shop.orders; DROP TABLE shop.customers;"
migration $home 000002_rename_total "ALTER TABLE shop.orders RENAME COLUMN total TO amount;
UPDATE shop.orders SET note = '' WHERE note IS NULL;" "ALTER TABLE shop.orders RENAME COLUMN amount TO total;"
migration $home 000003_drop_note "ALTER TABLE shop.orders DROP COLUMN note;" "ALTER TABLE shop.orders ADD COLUMN note text;"
migration services/bill/migrations 1_bills 'CREATE SCHEMA bill;
CREATE TABLE bill."Bills" (id int PRIMARY KEY, order_id bigint REFERENCES shop.orders (id));' 'DROP TABLE bill."Bills";'
cat >services/bill/migrations/dependencies.json <<'END'
{"migrations": {"1": {"depends_on": [], "cross_service_dependencies": {"shop": ["000002"]}, "description": "Bills *of* orders"}},
 "releases": {"1.0.0": "1"}}
END
cat >$home/dependencies.json <<'END'
{"releases": {"1.10.0": "000002", "1.2.0": "000001"}}
END

# --- what pages say

run "$SKEIN" docs
is "$status" 0 "pages are written"
like "$stdout" '7 pages written, 0 are as they should be' "and counted"
says $pages/migration_000001.md '- Creates the table `shop.orders`.' "a table is told"
says $pages/migration_000001.md '  - `total`: `numeric(12, 2)`, not null, default `0`, checked: `total >= 0`' "with its columns"
says $pages/migration_000001.md '  - `customer_id`: `bigint`, not null, references `shop.customers`, deleted with it' "and what they reference"
says $pages/migration_000001.md '- Creates the index `orders_note_idx` on `shop.orders`: `lower(note) DESC`, where `note IS NOT NULL`.' "an index as it is written"
says $pages/migration_000001.md 'Nobody waits for it: it locks nothing that was there before.' "new tables lock nobody out"
says $pages/migration_000002.md '- [bill 1_bills](../../../bill/migrations/docs/migration_1.md)' "what needs it, in another service"
says services/bill/migrations/docs/migration_1.md '- [shop 000002_rename_total](../../../shop/migrations/docs/migration_000002.md)' "and the way back"
says services/bill/migrations/docs/migration_1.md 'Bills \*of\* orders' "what is declared is text, not Markdown"
says $pages/migration_000002.md '- Rows of `shop.orders` keep the values that the up half gave them.' "what going back does not change"
says $pages/migration_000003.md '- The up half drops the column `shop.orders.note`: that data is in backups alone.' "what going back does not bring back"
says $pages/migration_000003.md '- drops the column shop.orders.note (line 1, high)' "the risk and its reason"
says $pages/migration_000003.md '| `shop.orders` | ACCESS EXCLUSIVE | reads and writes | 1 |  |' "the lock and whom it stops"
says $pages/migration_000002.md '| release | 1.10.0.2 |' "the release's label: numbers are compared as numbers"
says $pages/migration_000001.md "| checksum | \`$(sha256sum <$home/000001_create_orders.up.sql | cut -d' ' -f1)\` |" "the checksum"

says $pages/README.md 'What is sold' "the schema's comment"
says $pages/README.md '| `amount` | `numeric(12, 2)` | no | `0` | With \<tax\> |' "a column as it is after all migrations"
says $pages/README.md '- check `orders_total_check`: `amount >= 0`' "a check follows a column's name"
says $pages/README.md '- referenced by [bill."Bills"](../../../bill/migrations/docs/README.md#table-bill.Bills): `order_id`' "who refers to a table"
says $pages/README.md '    t2 }o--|| t1 : "customer_id"' "the diagram"
lacks $pages/README.md '`note`' "a dropped column is not there"
says docs/database/README.md '### Not released yet' "the changelog"
is "$(grep '^### ' docs/database/README.md | paste -sd,)" "### Not released yet,### 1.10.0,### 1.2.0,### 1.0.0" "has the newest release first"

is "$(sed -n '/begin tables/,/end tables/p' docs/database/README.md | grep -E '\[|--')" '<!-- skein:begin tables -->
    t1["bill.Bills"]
    t2["shop.customers"]
    t3["shop.orders"]
    t1 }o--o| t3 : "order_id"
    t3 }o--|| t2 : "customer_id"
<!-- skein:end tables -->' "a diagram of the tables of all services"

# --- the same files, the same pages

find . -name '*.md' -exec sha256sum {} + | sort >"$scratch/before"
run "$SKEIN" docs
like "$stdout" '0 pages written, 7 are as they should be' "nothing is written twice"
find . -name '*.md' -delete
run "$SKEIN" docs --quiet
is "$(find . -name '*.md' -exec sha256sum {} + | sort | diff - "$scratch/before")" "" "the same files give the same bytes"
cp -r . "$scratch/elsewhere" && (cd "$scratch/elsewhere" && find . -name '*.md' -delete && "$SKEIN" docs --quiet >/dev/null)
is "$(cd "$scratch/elsewhere" && find . -name '*.md' -exec sha256sum {} + | sort | diff - "$scratch/before")" "" "also in another place"

# --- what people write

printf 'Ours, before.\n\n%s\n\nOurs, behind.\n' "$(cat $pages/migration_000003.md)" >$pages/migration_000003.md
sed -i 's/^<!-- skein:end what -->$/&\n\nOurs, between./' $pages/migration_000003.md
run "$SKEIN" docs --check
is "$status" 0 "what stands outside of the blocks is not stale"
echo 'COMMENT ON TABLE shop.orders IS NULL;' >>$home/000003_drop_note.up.sql
run "$SKEIN" docs --check
is "$status" 1 "a change is"
is "$stdout" "stale: $pages/migration_000003.md
stale: $pages/README.md
2 pages stale, 5 are as they should be" "and named"
like "$stderr" 'the documentation is stale: 2 pages' "also in the error"
run "$SKEIN" docs
is "$(grep -n Ours $pages/migration_000003.md | cut -d: -f2 | paste -sd' ')" "Ours, before. Ours, between. Ours, behind." "what people wrote stays where it was"
says $pages/migration_000003.md '- Comments on the table `shop.orders`.' "and the blocks are new"

echo 'Mine.' >$pages/migration_000002.md
run "$SKEIN" docs
like "$stdout" "left alone: $pages/migration_000002.md" "a page without blocks is left alone"
is "$(cat $pages/migration_000002.md)" "Mine." "as it is"
rm $pages/migration_000002.md

sed -i '/skein:end risk/d' $pages/migration_000003.md
run "$SKEIN" docs
is "$status" 2 "a marker without counterpart is an error"
like "$stderr" "$pages/migration_000003.md:[0-9]+" "at its line"
rm $pages/migration_000003.md
"$SKEIN" docs --quiet >/dev/null

sed -i 's/$/\r/' $pages/migration_000001.md
run "$SKEIN" docs --check
is "$status" 0 "line ends are the page's own"
sed -i 's/\r$//' $pages/migration_000001.md

# --- pages of what is no more

migration $home 000004_gone 'SELECT 1;' 'SELECT 1;' && migration $home 000005_gone 'SELECT 1;' 'SELECT 1;'
"$SKEIN" docs --quiet >/dev/null
echo 'Ours.' >>$pages/migration_000005.md
rm $home/00000[45]*
run "$SKEIN" docs
is "$(ls $pages)" "README.md
migration_000001.md
migration_000002.md
migration_000003.md
migration_000005.md" "a page whose migration is no more goes, unless somebody wrote into it"
rm $pages/migration_000005.md

# --- a migration that was renumbered by hand

migration $home 000004_moves 'CREATE TABLE shop.moves (id int);' 'DROP TABLE shop.moves;'
"$SKEIN" docs --quiet >/dev/null
printf 'Ours, of the move.\n' >>$pages/migration_000004.md
for half in up down; do mv $home/000004_moves.$half.sql $home/000007_moves.$half.sql; done
run "$SKEIN" docs --check
is "$status" 1 "its old page is stale"
like "$stdout" "stale: $pages/migration_000004.md" "and named"
run "$SKEIN" docs
like "$stdout" "moved $pages/migration_000004.md to $pages/migration_000007.md" "skein docs moves it" || diag "$stderr"
not_ok "the old one is gone" test -e $pages/migration_000004.md
says $pages/migration_000007.md 'Ours, of the move.' "with what people wrote"
says $pages/migration_000007.md '# 000007 moves' "and its blocks are new"
run "$SKEIN" docs --check
is "$status" 0 "then nothing is stale" || diag "$stdout"
for half in up down; do mv $home/000007_moves.$half.sql $home/000008_moves.$half.sql; done
echo 'Somebody was faster.' >$pages/migration_000008.md
run "$SKEIN" docs
like "$stdout" "left alone: $pages/migration_000008.md" "what is written by hand is not written over"
like "$stdout" "stripped $pages/migration_000007.md" "of the old page what people wrote stays"
is "$(cat $pages/migration_000007.md)" "Ours, of the move." "alone"
rm $home/000008* $pages/migration_000008.md
run "$SKEIN" docs
run "$SKEIN" docs --check
is "$status" 0 "which is somebody's own page then"
rm $pages/migration_000007.md

# --- templates

mkdir -p services/bill/templates/docs
printf '<!-- skein:begin all -->\n{{migration.id}} of {{service.name}}\n<!-- skein:end all -->\n' >services/bill/templates/docs/migration.md
run "$SKEIN" docs
is "$(cat services/bill/migrations/docs/migration_1.md)" "<!-- skein:begin all -->
1_bills of bill
<!-- skein:end all -->" "a service's template counts for its pages"
echo '{{nothing}}' >>services/bill/templates/docs/migration.md
run "$SKEIN" docs
like "$stderr" 'services/bill/templates/docs/migration.md:4:' "and its errors have a place"
echo 'Hello {{service.name}}' >services/bill/templates/docs/service.md
rm services/bill/templates/docs/migration.md
run "$SKEIN" docs
is "$status" 2 "a template whose pages would be taken for written by hand is refused"
like "$stderr" 'services/bill/templates/docs/service.md:1:1: the page has no line <!-- skein:begin NAME -->' "at its place"
unlike "$(cat services/bill/migrations/docs/README.md)" 'Hello' "and nothing is written with it"
rm -r services/bill/templates

# --- what a called function does is told where it is called

migration $home 000004_make 'CREATE FUNCTION shop.f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    UPDATE shop.customers SET email = lower(email); EXECUTE current_setting($x$a.b$x$); DROP TABLE shop.orders CASCADE; END $$;' 'SELECT 1;'
migration $home 000005_call 'SELECT shop.f(); SELECT shop.f();' 'SELECT 1;'
run "$SKEIN" docs
says $pages/migration_000004.md '| risk | low |' "a function that is only made risks nothing"
says $pages/migration_000004.md 'Nobody waits for it: it locks nothing that was there before.' "and locks nothing"
page=$(cat $pages/migration_000005.md)
like "$page" '\| risk \| critical \|' "one that is called has the risk of what it does"
risk=$("$SKEIN" validate --json | python3 -c 'import json, sys
print(*(one["risk"] for one in json.load(sys.stdin)["migrations"] if "000005" in json.dumps(one)))')
is "$risk" critical "as validate says it"
like "$page" '\| `shop.orders` \| ACCESS EXCLUSIVE \| reads and writes \|' "its locks"
says $pages/migration_000005.md '- Rows of `shop.customers` keep the values that the up half gave them.' "its rows"
is "$(grep -c 'put together while it runs; what that did is not known here' <<<"$page")" 1 "and what is not known, once"
says $pages/migration_000005.md '  - `shop.f` changes `email` in every row of `shop.customers`' "the words say it"
says $pages/migration_000005.md '  - `shop.f` drops the table `shop.orders` and whatever depends on it' "all of it"
is "$(grep -c 'shop.f. drops' <<<"$page")" 1 "once, however often it is called"
like "$(grep '^| 000005' $pages/README.md)" '\| shop.f drops the table shop.orders and whatever depends on it, and 2 more changes. \|' "also in the list"
migration $home 000005_call "DO \$\$ BEGIN PERFORM shop.f(); IF now() > '2030-01-01' THEN DELETE FROM shop.customers WHERE id = 1; END IF; END \$\$;" 'SELECT shop.f();'
run "$SKEIN" docs
says $pages/migration_000005.md '- Runs a query, which calls `shop.f`.' "a call in a DO block"
is "$(grep -c '^  - .shop.f. changes .email. in every row of .shop.customers.$' $pages/migration_000005.md)" 2 "says it, too, and that of the down half"
says $pages/migration_000005.md '- Deletes rows of `shop.customers`, where `id = 1`, under a condition.' "beside what is done there itself"
rm $home/00000[45]* && "$SKEIN" docs --quiet >/dev/null

# --- functions, triggers, policies, sequences, domains

tells()
{
    if grep -qF -- "$2" "$1"; then pass "$3"; else fail "$3"; diag "nothing like \"$2\" in $1"; fi
}

migration $home 000004_objects "CREATE FUNCTION shop.audit(a int, b text DEFAULT 'x') RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS \$\$ BEGIN RETURN NEW; END \$\$;
CREATE FUNCTION shop.total(o int) RETURNS numeric AS 'SELECT 1.0' LANGUAGE sql STABLE;
CREATE FUNCTION shop.total(o text) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN 1.0;
CREATE PROCEDURE shop.tidy() LANGUAGE sql AS 'DELETE FROM shop.orders';
CREATE TRIGGER seen BEFORE INSERT OR UPDATE OF amount ON shop.orders -- why
    FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION shop.audit();
CREATE TRIGGER gone AFTER DELETE ON shop.orders EXECUTE FUNCTION shop.audit();
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON shop.orders FOR SELECT USING (amount > 0);
CREATE SEQUENCE shop.invoices START 1000;
CREATE DOMAIN shop.mail AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE shop.pair AS (a int, b text);" "SELECT 1;"
migration $home 000005_change "DROP TRIGGER gone ON shop.orders;
DROP FUNCTION shop.total(text);
ALTER SEQUENCE shop.invoices RESTART WITH 5;
ALTER DOMAIN shop.mail ADD CHECK (length(VALUE) < 100);
CREATE OR REPLACE FUNCTION shop.audit(a int, b text DEFAULT 'y') RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN RETURN NULL; END \$\$;" \
    "CREATE TRIGGER gone AFTER DELETE ON shop.orders EXECUTE FUNCTION shop.audit();"
run "$SKEIN" docs
is "$status" 0 "objects of other kinds" || diag "$stderr"
page=$pages/migration_000004.md
tells $page "- Creates the function \`shop.audit\`: \`(a int, b text DEFAULT 'x') RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER\`." "a function with its signature and options, without its body"
tells $page '- Creates the function `shop.total`: `(o int) RETURNS numeric LANGUAGE sql STABLE`.' "options behind the body, too"
tells $page '- Creates the function `shop.total`: `(o text) RETURNS numeric LANGUAGE sql IMMUTABLE`.' "a body that is no string"
tells $page '- Creates the procedure `shop.tidy`: `() LANGUAGE sql`' "a procedure is one"
tells $page '- Creates the trigger `seen` on `shop.orders`: `BEFORE INSERT OR UPDATE OF amount ON shop.orders FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION shop.audit()`.' "a trigger with all that it says"
tells $page '- Creates the row security policy `mine` on `shop.orders`: `FOR SELECT USING (amount > 0)`.' "a policy"
tells $page '- Creates the sequence `shop.invoices`: `START 1000`.' "a sequence"
tells $pages/migration_000005.md '- Drops the function `shop.total` (for `text`).' "which function is dropped"
tells $pages/migration_000005.md '- Changes the sequence `shop.invoices`: `RESTART WITH 5`.' "what changes of a sequence"
tells $pages/README.md '- row security is on' "row security"
tells $pages/README.md '- trigger `seen`: `BEFORE INSERT OR UPDATE OF amount ON shop.orders' "triggers in the schema"
tells $pages/README.md '- policy `mine`: `FOR SELECT USING (amount > 0)`' "policies"
lacks $pages/README.md '- trigger `gone`' "none that was dropped"
tells $pages/README.md "| \`audit\` | function | \`(a int, b text DEFAULT 'y') RETURNS trigger LANGUAGE plpgsql\` | [000005_change]" "functions, as they were replaced"
is "$(grep -c '^| .total. |' $pages/README.md)" 1 "overloads are told apart"
tells $pages/README.md '| `tidy` | procedure |' "procedures"
tells $pages/README.md '| `invoices` | sequence | `START 1000; RESTART WITH 5` |' "sequences"
tells $pages/README.md "| \`mail\` | domain | \`AS text CHECK (VALUE LIKE '%@%'); ADD CHECK (length(VALUE) < 100)\`" "domains"
tells $pages/README.md '| `pair` | composite | `AS (a int, b text)` |' "composite types"
run "$SKEIN" docs --html "$scratch/site"
is "$(grep -c 'BEFORE INSERT OR UPDATE OF amount' "$scratch/site/shop/index.html")" 1 "the site says it, too"
rm $home/00000[45]* && "$SKEIN" docs --quiet >/dev/null

# --- what is shown in lists is what matters

migration $home 000004_index 'DROP INDEX CONCURRENTLY IF EXISTS shop.orders_amount_idx;
CREATE INDEX CONCURRENTLY orders_amount_idx ON shop.orders (amount);' 'DROP INDEX shop.orders_amount_idx;'
migration $home 000005_tables 'COMMENT ON SCHEMA shop IS $$x$$; DROP TABLE IF EXISTS shop.a; UPDATE shop.orders SET note = 1 WHERE id = 2;
CREATE TABLE shop.a (id int); CREATE INDEX ON shop.a (id); INSERT INTO shop.a VALUES (1), (2);' 'DROP TABLE shop.a;'
migration $home 000007_said 'ALTER TABLE shop.a ADD COLUMN b int;' 'ALTER TABLE shop.a DROP COLUMN b;'
migration $home 000008_add_b_c 'ALTER TABLE shop.a ADD COLUMN c int;' 'ALTER TABLE shop.a DROP COLUMN c;'
cp $home/dependencies.json "$scratch/dependencies.json"
cat >$home/dependencies.json <<'END'
{"migrations": {"000007": {"description": "What b is for"}, "000008": {"description": "Add b.C"}}}
END
run "$SKEIN" docs
row() { sed -n "s/^| $1 |[^|]*| \([^|]*\) |.*/\1/p" $pages/README.md; }
is "$(row 000004)" 'Creates the index orders_amount_idx on shop.orders: amount, concurrently.' "not the guard before it"
is "$(row 000005)" 'Creates the table shop.a, and 1 more change.' "the table, and not what belongs to it"
is "$(row 000007)" 'What b is for' "what is declared comes first"
is "$(row 000008)" 'Adds the column c (integer) to shop.a.' "unless it is only the name"
lacks $pages/migration_000008.md 'Add b.C' "which nobody reads twice"
rm $home/00000[4578]* && mv "$scratch/dependencies.json" $home && "$SKEIN" docs --quiet >/dev/null

# --- the locks that matter

locks() { sed -n "/begin $2/,/end $2/{s/^| \`//p}" $pages/migration_$1.md; }
migration $home 000004_locks 'ALTER TABLE shop.orders ADD COLUMN x int;
ALTER TABLE shop.orders ALTER COLUMN x TYPE bigint;
ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_total_check;
CREATE INDEX ON shop.orders (x);' 'ALTER TABLE shop.orders DROP COLUMN x;'
migration $home 000005_more '-- skein: no-transaction
CREATE INDEX ON shop.orders (customer_id);
ALTER TABLE shop.orders ADD COLUMN y int;' 'ALTER TABLE shop.orders
    DROP COLUMN y,
    ALTER COLUMN amount TYPE text;'
run "$SKEIN" docs
is "$(locks 000004 risk)" 'shop.orders` | ACCESS EXCLUSIVE | reads and writes | 1 | every row is written anew (line 2): the new type is stored differently, or every value must be checked; an index is built (line 4) |' \
    "a lock from the line on where it is taken, with the work that is done under it"
is "$(locks 000005 risk)" 'shop.orders` | SHARE | writes | 2 | an index is built |
shop.orders` | ACCESS EXCLUSIVE | reads and writes | 3 |  |' "what is not held together is told apart"
is "$(locks 000004 rollback)" 'shop.orders` | ACCESS EXCLUSIVE | reads and writes | 1 |  |' "whom rolling back makes wait"
is "$(locks 000005 rollback)" 'shop.orders` | ACCESS EXCLUSIVE | reads and writes | 2 | every row is written anew (line 3): the new type is stored differently, or every value must be checked |' "and for what"
run "$SKEIN" docs --html "$scratch/site"
is "$(grep -c 'every row is written anew' "$scratch/site/shop/000005_more.html")" 1 "also in the site"
rm $home/00000[45]* && "$SKEIN" docs --quiet >/dev/null

# --- names that mean something to Markdown and Mermaid

migration $home '000006_a|b]_*c*' 'CREATE TABLE shop."o]r|d`e""rs" ("a|b" int DEFAULT 1); COMMENT ON TABLE shop."o]r|d`e""rs" IS $$<!-- skein:end schema -->
# x$$;' 'DROP TABLE shop."o]r|d`e""rs";'
run "$SKEIN" docs
is "$status" 0 "names of any kind"
run "$SKEIN" docs --check
is "$status" 0 "come out as blocks that are read again"
like "$(cat $pages/README.md)" '\["o#93;r#124;d#96;e#34;rs"\]' "Mermaid gets entities"
like "$(cat $pages/README.md)" '\| `a\\\|b` \| `integer` \|' "a bar in a cell is escaped"
rm $home/000006*

# --- diagrams of what is too large for one

migration services/big/migrations 1_all "$(echo 'CREATE SCHEMA big; CREATE TABLE big.hub (id int PRIMARY KEY);'
for i in {001..150}; do
    echo "CREATE TABLE big.t$i (id int PRIMARY KEY REFERENCES big.hub$([ $((10#$i % 50)) = 1 ] || printf ', up int REFERENCES big.t%03d' $((10#$i - 1))));"
done)" 'DROP SCHEMA big CASCADE;'
"$SKEIN" docs --quiet >/dev/null
page=$(cat services/big/migrations/docs/README.md)
like "$page" '50 of 151 tables: 1 of the 3 groups that foreign keys join, the largest that have room, without hub, which very many refer to' "the largest group that has room is drawn, and it is said"
is "$(grep -c '^    t[0-9]*\[' <<<"$page")" 50 "with all of its tables"
is "$(grep -c ' }o--o| ' <<<"$page")" 49 "and keys"
migration services/big/migrations 1_all "CREATE SCHEMA big; CREATE TABLE big.a (id int PRIMARY KEY$(printf ', a_column_with_a_name_of_some_length_%d int' {1..900}));
CREATE TABLE big.b (id int PRIMARY KEY REFERENCES big.a);" 'DROP SCHEMA big CASCADE;'
"$SKEIN" docs --quiet >/dev/null
page=$(cat services/big/migrations/docs/README.md)
like "$page" '    t2 \|o--\|\| t1 : "id"' "one to one"
unlike "$page" '        integer a_column' "columns that would be too much for Mermaid are left out"
rm -r services/big && "$SKEIN" docs --quiet >/dev/null

mkdir "$scratch/services" && cd "$scratch/services"
for service in {01..36}; do
    migration services/s$service/migrations 1_all 'SELECT 1;' 'SELECT 1;'
    { printf '{"migrations": {"1": {"cross_service_dependencies": {'
      for ((need = 1; need < 10#$service; need++)); do printf '%s"s%02d": ["1"]' "$([ $need = 1 ] || echo ,)" $need; done
      echo '}}}}'; } >services/s$service/migrations/dependencies.json
done
"$SKEIN" docs --quiet >/dev/null
says docs/database/README.md '630 dependencies between services are too many for one diagram; each page names its own.' "services with more arrows than Mermaid takes"
is "$(grep -cE '^    [sm][0-9]+ -->' docs/database/README.md)" 0 "are not drawn"
lacks docs/database/README.md 'No migration needs another' "nor denied"
cd "$scratch/shop"

# --- releases

sed -i 's/"000001"}}/"000009"}}/' $home/dependencies.json
run "$SKEIN" docs
is "$status" 2 "a release that ends nowhere is an error"
like "$stderr" 'release 1.2.0 ends with "000009", which is no migration of shop' "and named"
sed -i 's/"000009"/"000003"/' $home/dependencies.json
run "$SKEIN" docs
like "$stderr" 'release 1.10.0 ends before release 1.2.0' "a release holds what those before it hold"
sed -i 's/"000003"/"000001"/' $home/dependencies.json

# --- make

printf 'include %s/mk/migrate.mk\n' "$root" >Makefile
run make db-docs
is "$status" 0 "make db-docs"
run make db-docs
is "$stdout$stderr" "" "does nothing when nothing changed"
before=$(stat -c %y $pages/README.md)
sleep 0.02
touch $home/000001_create_orders.up.sql
run make db-docs
like "$stdout" '0 pages written' "looks where a file was touched"
is "$(stat -c %y $pages/README.md)" "$before" "and writes no page that is as it should be"
rm $pages/migration_000001.md
run make db-docs
like "$stdout" "wrote $pages/migration_000001.md" "brings back a page that is missing"
run make db-docs
is "$stdout" "" "and rests again"
run make db-docs CHECK=1
is "$status" 0 "CHECK=1 with current pages"
echo '-- x' >>$home/000001_create_orders.up.sql
run make db-docs CHECK=1
is "$status" 2 "CHECK=1 fails when one is stale"
like "$stdout" "stale: $pages/migration_000001.md" "and names it"

done_testing
