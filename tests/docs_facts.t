#!/usr/bin/env bash
# `skein docs`: what pages claim is what the SQL does.
. "$(dirname "$0")/lib/tap.sh"
mkdir "$scratch/shop" && cd "$scratch/shop" || exit
home=services/t/migrations pages=services/t/migrations/docs

# migration ID UP DOWN: one of service t, or of the one before the slash
migration()
{
    local directory=$home id=$1
    case $1 in */*) directory=services/${1%/*}/migrations id=${1##*/} ;; esac
    mkdir -p "$directory"
    printf '%s\n' "$2" >"$directory/$id.up.sql"
    printf '%s\n' "$3" >"$directory/$id.down.sql"
}

# page VERSION [BLOCK]: of service t
page()
{
    sed -n "/skein:begin ${2:-}/,/skein:end ${2:-}/p" $pages/migration_"$1".md
}

docs()
{
    run "$SKEIN" docs "$@"
    [ "$status" = 0 ] || { fail "skein docs ends well"; diag "$stderr"; }
}

migration 000001_base 'CREATE SCHEMA t;
CREATE TABLE t.a (id int PRIMARY KEY, n int, ts timestamptz, s text);
CREATE TABLE t.b (id int PRIMARY KEY, a int REFERENCES t.a);' 'DROP TABLE t.b; DROP TABLE t.a;'

# --- SQL that nobody understands

migration 000002_broken 'CREATE TABLE t.before (a int);
CREATE TABEL t.x (a int);
CREATE TABLE t.afterwards (a int);' 'DROP TABLE t.afterwards;'
docs
like "$stderr" "warning: $home/000002_broken.up.sql:2:8: syntax error at or near \"TABEL\"" "a warning says what is broken, and where"
like "$stdout" '1 file is not understood as a whole' "and the last line counts"
run "$SKEIN" docs --quiet
like "$stderr" "^warning: $home/000002_broken.up.sql:2:8: syntax error" "quiet or not"
is "$(sed -n '/^# /,/^$/p;/^> /p' $pages/migration_000002.md)" "# 000002 broken

> **Not all of this is understood**, and what this page says may be wrong.
> - up, line 2: syntax error at or near \"TABEL\"" "its page begins with it"
like "$(page 000002 summary)" '\| risk \| unknown \|' "its risk is unknown"
like "$(page 000002 risk)" 'The risk is \*\*unknown\*\*' "wherever it stands"
unlike "$(page 000002 risk)" 'taken away|Nobody waits' "and nothing is promised"
like "$(page 000002 what)" 'Creates the table `t.afterwards`' "what can be read is told all the same"
like "$(grep '^| 000002' $pages/README.md)" '\| Not all of it is understood: syntax error at or near "TABEL" \| unknown \|' "the list of migrations says so"
like "$(cat $pages/README.md)" 'Some of these migrations are not understood, and this may be wrong: \[000002_broken\]\(migration_000002.md\)' "and so does the schema"
like "$(cat docs/database/README.md)" 'Some of these migrations are not understood.*: \[t 000002_broken\]' "and the index"
run "$SKEIN" docs --check
is "$status" 0 "pages that say so are current"
is "$("$SKEIN" docs --json 2>/dev/null | python3 -c 'import json, sys; print(*json.load(sys.stdin)["not_understood"])')" "$home/000002_broken.up.sql:2:8" "JSON names the place"
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile
make db-docs >/dev/null 2>&1
run make db-docs
like "$stderr" 'syntax error at or near' "make says it until it is mended"
run "$SKEIN" docs --html "$scratch/site"
like "$stdout" '1 file is not understood as a whole' "the site counts, too"
like "$(cat "$scratch/site/t/000002_broken.html")" 'syntax error at or near' "and shows it"
like "$(cat "$scratch/site/t/index.html")" 'class="risk risk-unknown">unknown<' "with the risk in its list"
migration 000002_broken 'SELECT 1;' 'DROP TABEL t.a;'
docs
like "$(page 000002 risk)" 'The risk is \*\*low\*\*' "a broken down half leaves the risk of up known"
like "$(page 000002 rollback)" 'The down half, risk unknown' "and that of down is not"
like "$(page 000002 rollback)" 'It is not understood\.' "nor is it said to do nothing"
unlike "$(page 000002 rollback)" 'Nothing' "in any word"
rm $home/000002* Makefile

# --- rows that MERGE and ON CONFLICT change

migration 000002_merge 'MERGE INTO t.a USING t.b ON t.a.id = t.b.id WHEN MATCHED THEN DELETE;' 'SELECT 1;'
migration 000003_more 'MERGE INTO t.a USING t.b ON t.a.id = t.b.id WHEN MATCHED AND t.a.n > 1 THEN UPDATE SET n = 1
WHEN NOT MATCHED THEN INSERT (id) VALUES (t.b.id);
INSERT INTO t.b VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1;' 'SELECT 1;'
docs
like "$(page 000002)" 'The risk is \*\*medium\*\*' "MERGE … DELETE is a risk"
like "$(page 000002 what)" 'Merges `t.b` into `t.a`: deletes rows' "its words say it"
like "$(page 000002 rollback)" 'deletes rows of `t.a`: that data is in backups alone' "and rolling back brings nothing back"
unlike "$(page 000002 rollback)" 'put into' "nothing was put there"
like "$(page 000003 what)" 'changes `n` of rows that are found there, where `t.a.n > 1`' "MERGE … UPDATE, with its condition"
for table in t.a t.b; do
    like "$(page 000003 rollback)" "Rows of \`$table\` keep the values that the up half gave them" "$table keeps what it was given"
    like "$(page 000003 rollback)" "put into \`$table\` stay" "and what was put there"
done
rm $home/00000[23]*

# --- what is not shown is not said

migration 000002_owned 'REASSIGN OWNED BY postgres TO postgres;' 'SELECT 1;'
migration 000003_right 'REVOKE ALL ON t.a FROM PUBLIC;' 'SELECT 1;'
migration 000004_fine 'CREATE TABLE t.c (id int); COMMENT ON TABLE t.a IS $$x$$; ALTER TABLE t.a ADD COLUMN z int;' 'SELECT 1;'
docs
like "$(page 000002 risk)" '\*\*low\*\*: no rule speaks against it' "what no rule knows is no promise"
like "$(page 000003 risk)" '- takes privileges on t.a from roles' "rights that are taken are a reason"
like "$(page 000004 risk)" '\*\*low\*\*: nothing that is there already is taken away, nor kept' "what is shown is said"
rm $home/00000[234]*

# --- what the SQL needs, and nobody declared

migration b/000001_keys 'CREATE SCHEMA b; CREATE TABLE b.t (id int PRIMARY KEY, a int REFERENCES t.a);' 'DROP TABLE b.t;'
migration a/000001_early 'CREATE SCHEMA a; CREATE VIEW a.v AS SELECT * FROM t.b;' 'DROP VIEW a.v;'
docs
at=services/b/migrations/docs
says='by its SQL, not declared: `t.a`'
like "$(cat $at/migration_000001.md)" "Needs:.*\[t 000001_base\]\(.*\), $says" "a page lists what the SQL needs"
unlike "$(cat $at/migration_000001.md)" 'Needs no other' "and denies nothing"
like "$(page 000001 dependencies)" "\[b 000001_keys\]\(.*\), $says" "the other page says by whom it is needed"
like "$(page 000001 dependencies)" '\[a 000001_early\]\(.*\), by its SQL, not declared: `t.b`' "also what would run before it"
like "$(cat $at/README.md)" 'Needs \[t\]\(.*\) \(by its SQL, not declared\)' "the service's page does, too"
like "$(grep '^| 000001' $at/README.md)" '\[t 000001_base\]\(.*\) \(not declared\)' "and its list"
like "$(cat docs/database/README.md)" '\[b 000001_keys\]\(.*\) needs \[t 000001_base\]\(.*\): it uses `t.a`' "and the index"
like "$(cat docs/database/README.md)" 's2 -.-> s1' "which draws a dashed arrow"
unlike "$(cat docs/database/README.md)" 'No migration needs another one' "and denies nothing"
run "$SKEIN" docs --html "$scratch/site"
like "$(cat "$scratch/site/b/000001_keys.html")" 'by its SQL, not declared: <code>t.a</code>' "so does the site"
cat >services/b/migrations/dependencies.json <<'END'
{"migrations": {"000001": {"cross_service_dependencies": {"t": ["000001"]}}}}
END
rm -r services/a
docs
unlike "$(cat $at/migration_000001.md docs/database/README.md)" 'not declared' "what is declared is not marked"
rm -r services/b
for number in {02..45}; do
    migration "0000${number}_more" 'SELECT 1;' 'SELECT 1;'
done
echo '{"migrations": {"000003": {"depends_on": ["000002"]}}}' >$home/dependencies.json
docs
unlike "$(cat docs/database/README.md)" 'No migration needs another one' "edges that are not among the newest are edges"
rm $home/0000[0-4][02-9]_more* $home/0000[1-4]1_more* $home/dependencies.json

# --- what a down half leaves behind

# rollback NUMBER UP DOWN: the sentences under "What it does not bring back"
rollback()
{
    migration 000002_it "$1" "$2"
    docs
    page 000002 rollback | sed -n '/^What it does not/,/skein:end/p' | grep '^- ' | sed 's/^- //'
}

migration 000001_base "$(cat $home/000001_base.up.sql)
CREATE VIEW t.v AS SELECT id FROM t.a; CREATE INDEX a_n ON t.a (n);" 'SELECT 1;'
is "$(rollback 'CREATE TABLE t.d (x int); CREATE INDEX d_x ON t.d (x);' '-- nothing')" 'It leaves the table `t.d`.' "a table that stays"
is "$(rollback 'CREATE TABLE t.d (x int);' '')" 'It leaves the table `t.d`.' "also where the half is empty"
is "$(rollback 'CREATE TABLE t.d (x int);' 'DROP TABLE t.d;')" 'The down half drops the table `t.d`: what was written there since is lost.' "none that is dropped"
is "$(rollback 'ALTER TABLE t.a RENAME TO z;' 'SELECT 1;')" 'It does not bring back the table `t.a`.
It leaves the table `t.z`.' "a rename that is not undone"
is "$(rollback 'ALTER TABLE t.a RENAME n TO m; ALTER TABLE t.a ADD z int;' 'ALTER TABLE t.a ADD COLUMN z2 int; ALTER TABLE t.a DROP COLUMN z;' | grep -v ' since ')" \
    'It does not bring back the column `n` of `t.a`.
It leaves the column `m` of `t.a`.
It leaves the column `z2` of `t.a`.' "columns"
is "$(rollback 'ALTER TABLE t.a RENAME n TO m; ALTER TABLE t.a ALTER s SET NOT NULL; CREATE INDEX i ON t.b (a);
CREATE FUNCTION t.f() RETURNS int LANGUAGE sql AS $$SELECT 1$$; CREATE TYPE t.e AS ENUM ($$x$$);' \
    'ALTER TABLE t.a RENAME m TO n; ALTER TABLE t.a ALTER s DROP NOT NULL; DROP INDEX t.i; DROP FUNCTION t.f; DROP TYPE t.e;')" '' \
    "nothing where all is undone"
is "$(rollback 'ALTER TABLE t.a ALTER s SET DEFAULT $$x$$; ALTER TABLE t.b DROP CONSTRAINT b_a_fkey; DROP INDEX t.a_n;' 'SELECT 1;')" \
    'It leaves the column `s` of `t.a` as `text default $$x$$`; it was `text`.
It does not bring back the index `a_n` of `t.a`.
It does not bring back the foreign key `b_a_fkey` of `t.b`.' "defaults, indexes, foreign keys"
is "$(rollback 'DROP TABLE t.a CASCADE;' 'CREATE TABLE t.a (id int PRIMARY KEY, n int, ts timestamptz, s text); CREATE INDEX a_n ON t.a (n);' | grep -v backups)" \
    'It does not bring back the foreign key `b_a_fkey` of `t.b`.
It does not bring back the view `t.v`.' "what CASCADE took"
is "$(rollback 'CREATE TABLE IF NOT EXISTS t.b (id int); DROP TABLE IF EXISTS t.never_was;' 'SELECT 1;')" '' "nothing of what was not made and never was"
is "$(rollback 'ALTER TABLE t.a ADD z int;' 'DO $$ BEGIN EXECUTE current_setting($x$a.b$x$); END $$;')" '' "nothing where the down half is not known"
migration 000001_base "$(cat $home/000001_base.up.sql)
CREATE TABLE t.f (c varchar(9) DEFAULT 'x'::character varying, d bool NOT NULL DEFAULT false, e serial, b varchar);" 'SELECT 1;'
is "$(rollback 'ALTER TABLE t.a ALTER ts TYPE date, ALTER n TYPE bigint, ALTER s TYPE varchar(3) USING left(s, 3);' \
    'ALTER TABLE t.a ALTER ts TYPE timestamptz, ALTER n TYPE int, ALTER s TYPE text;')" \
    '`ts` of `t.a` became `date`, which was `timestamptz`: what that cannot hold of the old values is lost.
`s` of `t.a` became `varchar(3)`, which was `text`: what that cannot hold of the old values is lost.
Going back, `n` of `t.a` becomes `integer` instead of `bigint`: the rollback fails where a value does not fit.' "what a change of type loses"
is "$(rollback 'ALTER TABLE t.a ALTER n TYPE numeric(9,2), ALTER s TYPE varchar(3);' 'ALTER TABLE t.a ALTER n TYPE int, ALTER s TYPE text;')" \
    'Going back, `n` of `t.a` becomes `integer` instead of `numeric(9, 2)`: what that cannot hold is lost.' "what PostgreSQL refuses is not lost"
is "$(rollback 'ALTER TABLE t.a ALTER n TYPE text, ALTER s TYPE char(40);' 'ALTER TABLE t.a ALTER n TYPE numeric(9,2) USING n::numeric, ALTER s TYPE varchar(3) USING s::varchar(3);' | grep '^Going')" \
    'Going back, `n` of `t.a` becomes `numeric(9, 2)` instead of `text`: what that cannot hold is lost.
Going back, `s` of `t.a` becomes `varchar(3)` instead of `char(40)`: what that cannot hold is lost.' "what a written cast cuts is"
is "$(rollback "ALTER TABLE t.f DROP c, DROP d, DROP e, DROP b;" \
    "ALTER TABLE t.f ADD c varchar(9) DEFAULT 'x', ADD d boolean NOT NULL DEFAULT FALSE, ADD e serial, ADD b character varying;" | grep -v backups)" '' "ways of writing are no difference"
# --- what becomes of rows

cp $home/000001_base.up.sql "$scratch/base.sql"
migration 000001_base "$(cat "$scratch/base.sql")
CREATE TABLE t.c (id int PRIMARY KEY, a int REFERENCES t.a ON DELETE CASCADE);
CREATE TABLE t.d (c int REFERENCES t.c ON DELETE CASCADE);" 'SELECT 1;'
is "$(rollback 'INSERT INTO t.a VALUES (1); INSERT INTO t.c VALUES (1, 1); INSERT INTO t.b VALUES (1, 1);' 'DELETE FROM t.a WHERE id = 1;' | grep -v since)" \
    'Rows that the up half put into `t.b` stay there.' "they go with those that they reference, ON DELETE CASCADE"
like "$(page 000002 rollback)" '\| `t.c` \| ROW EXCLUSIVE' "whose table is locked"
is "$(rollback 'DELETE FROM t.a;' 'SELECT 1;')" 'The up half deletes every row of `t.a`: that data is in backups alone.
Rows of `t.c` go, too, by CASCADE: that data is in backups alone.
Rows of `t.d` go, too, by CASCADE: that data is in backups alone.' "and are as lost"
is "$(rollback 'TRUNCATE t.c CASCADE;' 'SELECT 1;')" 'The up half empties `t.c`: that data is in backups alone.
Rows of `t.d` go, too, by CASCADE: that data is in backups alone.' "also where a table is emptied"
is "$(rollback 'ALTER TABLE t.a ADD m int; UPDATE t.a SET m = n;' 'ALTER TABLE t.a DROP m;' | grep -v since)" '' "new values go with a new column"
is "$(rollback 'ALTER TABLE t.a ADD m int; UPDATE t.a SET m = n, s = 1;' 'ALTER TABLE t.a DROP m;' | grep -v since)" \
    'Rows of `t.a` keep the values that the up half gave them.' "others stay"
is "$(rollback 'INSERT INTO t.f VALUES (1); TRUNCATE t.f;' 'SELECT 1;')" 'The up half empties `t.f`: that data is in backups alone.' \
    "rows that are deleted again are not left"
is "$(rollback 'DROP VIEW t.v CASCADE; CREATE VIEW t.v AS SELECT id, n FROM t.a;' 'DROP VIEW t.v CASCADE; CREATE VIEW t.v AS SELECT id FROM t.a;')" '' \
    "a view has none"
cp "$scratch/base.sql" $home/000001_base.up.sql
rm $home/000002*

# --- the order of an enum's values

migration 000002_enum "CREATE TYPE t.mood AS ENUM ('a', 'b');" 'SELECT 1;'
migration 000003_more "ALTER TYPE t.mood ADD VALUE 'c' BEFORE 'a'; ALTER TYPE t.mood ADD VALUE 'd' AFTER 'a'; ALTER TYPE t.mood ADD VALUE 'e';" 'SELECT 1;'
docs
like "$(grep 'mood' $pages/README.md)" '\| `c`, `a`, `d`, `b`, `e` \|' "is that of the server"
like "$(page 000003 what)" 'the value `c` to the enum `t.mood`, before `a`' "and told"
rm $home/00000[23]*

# --- a key that is a foreign key, too

migration 000002_one 'CREATE TABLE t.one (b int PRIMARY KEY REFERENCES t.b);' 'SELECT 1;'
run "$SKEIN" docs --html "$scratch/site"
like "$(cat "$scratch/site/t/index.html")" '>PK FK<' "is marked as both"
rm $home/000002*

# --- secrets

migration 000002_secrets "CREATE ROLE r LOGIN PASSWORD 'geheim1';
CREATE SUBSCRIPTION s CONNECTION 'host=h password=geheim2' PUBLICATION p WITH (connect = false);
CREATE USER MAPPING FOR r SERVER f OPTIONS (user 'u', password 'geheim3');
SELECT * FROM dblink('postgres://u:geheim4@h/db', 'SELECT 1') AS x (a int);
UPDATE t.a SET s = 'x' WHERE s = 'postgres://u:geheim5@h/db';
DO \$\$ BEGIN ALTER ROLE r PASSWORD 'geheim6'; END \$\$;" 'ALTER ROLE r PASSWORD $$geheim7$$;'
docs
run "$SKEIN" docs --html "$scratch/site"
is "$(grep -rlE 'geheim' $pages docs "$scratch/site")" "" "no page shows a password"
like "$(page 000002 what)" 'PASSWORD .\*\*\*\*' "but that there is one"
run "$SKEIN" validate
unlike "$stdout$stderr" 'geheim' "nor does validate"
run "$SKEIN" validate --json
unlike "$stdout" 'geheim' "nor its JSON"
rm $home/000002*

# --- what CASCADE takes

migration 000002_type "CREATE TYPE t.e AS ENUM ('x'); CREATE TABLE t.c (id int, e t.e);" 'SELECT 1;'
migration 000003_drop 'DROP TYPE t.e CASCADE;' 'SELECT 1;'
docs
like "$(page 000003 what)" '  - takes the column `e` of `t.c`' "a column that goes with its type is named"
like "$(page 000003 risk)" '\| `t.c` \| ACCESS EXCLUSIVE \| reads and writes \|' "and its table is locked"
rm $home/00000[23]*

# --- who waits for what

migration 000002_locks 'CREATE UNIQUE INDEX CONCURRENTLY b_a ON t.b (a);
ALTER TABLE t.b ADD CONSTRAINT b_key UNIQUE USING INDEX b_a;
UPDATE t.a SET n = 1 WHERE id = 1;
UPDATE t.f SET e = 1;' 'SELECT 1;'
docs
is "$(page 000002 risk | grep '^| `t.b')" '| `t.b` | SHARE UPDATE EXCLUSIVE | schema changes and VACUUM | 1 | an index is built |
| `t.b` | ACCESS EXCLUSIVE | reads and writes | 2 |  |' "an index that is built concurrently is no outage"
like "$(page 000002 risk)" '`t.a` \| ROW EXCLUSIVE \| writes of the same rows, schema' "rows that are written are locked"
like "$(page 000002 risk)" '`t.f` \| ROW EXCLUSIVE \| writes of any row, schema' "all of them where all are"
rm $home/000002*

# --- what is done under a lock that was taken before

# waits UP: its reasons and locks, without what validate says
waits()
{
    migration 000002_waits "$1" 'SELECT 1;'
    docs
    page 000002 risk | grep -E '^- |^\| `'
}

is "$(waits 'ALTER TABLE t.a ADD COLUMN m int;
UPDATE t.a SET m = n;
CREATE INDEX a_m ON t.a (m);
CREATE INDEX b_a ON t.b (a);')" '- changes every row of t.a (line 2, medium)
- writes rows of t.a while nobody can read it (line 2, high)
- builds an index of t.a while nobody can read it (line 3, high)
- builds an index of t.b while nobody can write it (line 4, medium)
- builds an index of t.b while nobody can read t.a (line 4, high)
| `t.a` | ACCESS EXCLUSIVE | reads and writes | 1 | every row is changed (line 2); an index is built (line 3); an index of `t.b` is built (line 4) |
| `t.b` | SHARE | writes | 4 | an index is built |' "is done under it, and others wait for it from its line on"
is "$(waits 'ALTER TABLE t.b ADD FOREIGN KEY (id) REFERENCES t.a NOT VALID;
ALTER TABLE t.b VALIDATE CONSTRAINT b_id_fkey;' | sort)" '- reads all of t.a while nobody can write it (line 2, medium)
- reads all of t.b while nobody can write it (line 2, medium)
| `t.a` | SHARE ROW EXCLUSIVE | writes | 1 | every row of `t.b` is read (line 2): the constraint is verified; every row is read (line 2): every row'"'s"' foreign key is looked up |
| `t.b` | SHARE ROW EXCLUSIVE | writes | 1 | every row is read (line 2): the constraint is verified; every row of `t.a` is read (line 2): every row'"'s"' foreign key is looked up |' "NOT VALID and VALIDATE in one transaction"
unlike "$(page 000002 risk)" 'from anybody for long' "which keeps out writers for long"
is "$(waits 'BEGIN;
ALTER TABLE t.a ADD COLUMN m int;
COMMIT;
BEGIN;
CREATE INDEX b_a ON t.b (a);
COMMIT;')" '- builds an index of t.b while nobody can write it (line 5, medium)
| `t.a` | ACCESS EXCLUSIVE | reads and writes | 2 |  |
| `t.b` | SHARE | writes | 5 | an index is built |' "a transaction that is over holds nothing"
is "$(waits 'CREATE TABLE t.n (id int, x int);
INSERT INTO t.n SELECT id, n FROM t.a;
CREATE INDEX ON t.n (x);' | grep -- '^-')" '' "a table of the same transaction keeps nobody waiting"
rm $home/000002*

# --- reasons, wherever they are

migration 000002_builds 'CREATE INDEX ON t.b (a);
CREATE INDEX ON t.a (s);
CREATE INDEX ON t.b (id, a);' 'SELECT 1;'
docs
like "$(page 000002 risk)" '- builds an index of t.b while nobody can write it \(lines 1, 3, medium\)' "a reason names each of its lines"
like "$(page 000002 risk)" '- builds an index of t.a while nobody can write it \(line 2, medium\)' "or its only one"
rm $home/000002*

# --- views that have nothing to do with a dropped column

migration 000002_views 'CREATE VIEW t.ids AS SELECT id FROM t.a; CREATE VIEW t.all_of AS SELECT * FROM t.a;
CREATE VIEW t.rows AS SELECT x FROM t.a x; CREATE VIEW t.joined AS SELECT f.c FROM t.f JOIN t.a USING (n);' 'SELECT 1;'
migration 000003_drop 'ALTER TABLE t.a DROP COLUMN n CASCADE;' 'SELECT 1;'
docs
locked=$(page 000003 risk | sed -n 's/^| `\(t\.[a-z_]*\)` | ACCESS EXCLUSIVE.*/\1/p' | sort | paste -sd' ')
is "$locked" "t.a t.all_of t.joined t.rows" "wait for nobody"
rm $home/00000[23]*

# --- what is most dangerous, and what is not

migration 000002_order 'CREATE TABLE t.first (id int); ALTER TABLE t.a DROP COLUMN n; TRUNCATE t.b;' 'SELECT 1;'
migration 000003_never 'ALTER TABLE t.a DROP COLUMN IF EXISTS nope; DROP TABLE IF EXISTS t.never_was;' 'SELECT 1;'
docs
like "$(grep '^| 000002' $pages/README.md)" '\| Empties .*, and 2 more changes\.' "a summary begins with the most dangerous"
like "$(page 000003 risk)" 'risk is \*\*low\*\*' "what is known not to be there is dropped at no risk"
unlike "$(page 000003 rollback)" 'backups' "and nothing is lost"
rm $home/00000[23]*

# --- what a trigger will do

migration 000002_trigger 'CREATE FUNCTION t.tg() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
IF NEW.n > 3 THEN DELETE FROM t.b; END IF; RETURN NEW; END$$;
CREATE TRIGGER x BEFORE UPDATE OF n ON t.a FOR EACH ROW EXECUTE FUNCTION t.tg();' 'DROP TRIGGER x ON t.a; DROP FUNCTION t.tg();'
docs
like "$(page 000002 what)" '  - from now on, whenever it fires, `t.tg` deletes every row of `t.b`' "is told of the trigger"
unlike "$(page 000002 what | grep '^Works on')" 't\.b' "it works on the trigger's table alone"
unlike "$(page 000002 risk)" 't\.b' "nothing of it is a reason or a lock"
like "$(page 000002 risk)" 'risk is \*\*low\*\*' "nor raises the risk"
is "$(page 000002 rollback | grep -c 't\.b')" 0 "and no row is lost"
run "$SKEIN" validate
unlike "$stdout$stderr" 'delete-without-where' "validate judges it no more than the page does"
rm $home/000002*

# --- how it is rolled back

migration 000002_more 'CREATE TABLE t.more (id int);' 'DROP TABLE t.more;'
migration 000003_none 'CREATE TABLE t.none (id int);' '' && rm $home/000003_none.down.sql
docs
like "$(page 000002 rollback)" '`skein rollback --migration 000002_more --service t` does it; where they are applied, these must go first: \[000003_none\]\(migration_000003.md\)\. With `--cascade` it rolls back those' "the page has the command, and who must go first"
unlike "$(page 000003 rollback)" 'skein rollback' "none where there is no down half"
rm $home/00000[23]*

# --- what became of what a migration works on

migration 000002_make 'CREATE TABLE t.was (a int); CREATE TABLE t.gone (a int); CREATE TABLE t.back (a int);
CREATE TABLE t.moved (a int); CREATE TABLE t.late (a int); CREATE TEMP TABLE passing (a int); INSERT INTO passing SELECT 1;' 'SELECT 1;'
migration 000003_change 'ALTER TABLE t.was RENAME TO meanwhile; DROP TABLE t.gone; DROP TABLE t.back; CREATE TABLE t.back (b int);
CREATE SCHEMA u; ALTER TABLE t.moved SET SCHEMA u; ALTER TABLE t.meanwhile RENAME TO now; ALTER TABLE t.late RENAME TO later;' 'SELECT 1;'
migration u/000001_drop 'DROP TABLE t.later;' 'SELECT 1;'
echo '{"migrations": {"000001": {"cross_service_dependencies": {"t": ["000003"]}}}}' >services/u/migrations/dependencies.json
docs
works=$(page 000002 what | grep '^Works on')
like "$works" '\[t\.was\]\(README.md#table-t\.now\) \(now t\.now\),' "what was renamed, twice, is linked to what it is now"
like "$works" ' t\.gone \(dropped by \[000003_change\]\(migration_000003.md\)\),' "what was dropped says by which"
like "$works" ' t\.late \(dropped by \[u 000001_drop\]\(../../../u/migrations/docs/migration_000001.md\)\)' "be it of another service, and under another name"
like "$works" '\[t\.back\]\(README.md#table-t\.back\)[,.]' "what was made again is linked"
like "$works" '\[t\.moved\]\(README.md#table-u\.moved\) \(now u\.moved\)' "what moved is where it is now"
unlike "$works" passing "a temporary table has no section"
"$SKEIN" docs --html "$scratch/fates" --quiet
like "$(cat "$scratch/fates/t/000002_make.html")" '<code>t.gone</code> \(dropped by <a href="000003_change.html">000003_change</a>\)' "the site says it, too"
like "$(cat "$scratch/fates/t/000002_make.html")" '<a href="index.html#table-t.now"><code>t.was</code></a> \(now <code>t.now</code>\)' "with the same links"
rm -r $home/00000[23]* services/u

# --- small things

migration 000002_comments '-- nothing to do' '-- nothing to undo'
migration 000003_odd "$(printf "COMMENT ON TABLE t.a IS 'a \xe2\x80\xaeb \x1b[31mc';")" 'SELECT 1;'
for service in y x z; do
    migration $service/000001_it "CREATE SCHEMA $service;" 'SELECT 1;'
    [ $service = z ] || echo '{"migrations": {"000001": {"cross_service_dependencies": {"t": ["000001"]}}}}' \
        >services/$service/migrations/dependencies.json
done
echo '{"migrations": {"000001": {"cross_service_dependencies": {"y": ["000001"], "x": ["000001"]}}}}' >services/z/migrations/dependencies.json
docs
like "$(page 000002 summary)" '\| runs \| in one transaction \|' "what has no statement does not run statement by statement"
is "$(grep -rlP '\x1b|\x{202e}' $pages)" "" "what nobody sees is shown"
like "$(cat $pages/README.md)" 'a .b ␛' "as something else"
like "$(cat services/z/migrations/docs/README.md)" 'Needs \[x\].*, \[y\]' "services by name"
rm -r $home/00000[23]* services/[xyz]

done_testing
