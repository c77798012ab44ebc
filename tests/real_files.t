#!/usr/bin/env bash
# What real migrations look like: one small example of everything that public repositories hold, run as the database's
# owner, who is no superuser.
. "$(dirname "$0")/lib/tap.sh"

start_server
sql 'CREATE ROLE owner LOGIN' "$server_url"
files=$scratch/migrations

# begin_corpus: an empty directory and an empty database of the owner.
begin_corpus()
{
    rm -rf "$files" && mkdir "$files"
    new_database
    sql "ALTER DATABASE test_$server_databases OWNER TO owner"
    DATABASE_URL=${DATABASE_URL/postgres@/owner@}
}
up() { printf '%s' "$2" >"$files/$1.up.sql"; }
down() { printf '%s' "$2" >"$files/$1.down.sql"; }
skein() { run "$SKEIN" --database "$DATABASE_URL" --migrations "$files" --yes "$@"; }

# goes NAME WORDS…: skein does it without a fault.
goes()
{
    skein "${@:2}"
    is "$status" 0 "$1" || diag "$stderr"
}
row() { sql 'SELECT version, dirty FROM schema_migrations'; }

# fails NAME STATUS PLACE REGEX ROW WORDS…: at PLACE (FILE:LINE:COLUMN), and the version row is ROW afterwards.
fails()
{
    skein "${@:6}"
    is "$status" "$2" "$1"
    like "$stderr" "migrations/$3: .*$4" "$1: at its place"
    is "$(row 2>/dev/null)" "$5" "$1: the version row"
}

# --- transactions of the file's own

begin_corpus
up 1_own 'BEGIN;
CREATE TABLE a (id int);
INSERT INTO a VALUES (1);
COMMIT;'
up 2_own_lower 'begin transaction; insert into a values (2); end;'
up 3_own_after_comment "-- why
/* and /* how */ */
START TRANSACTION;
LOCK TABLE a IN ACCESS EXCLUSIVE MODE;
INSERT INTO a VALUES (3);
COMMIT;
-- done"
goes "files with BEGIN … COMMIT around everything" up
is "$(sql "SELECT string_agg((a.xmin = e.xmin)::text, ',' ORDER BY version) FROM a JOIN migration_executions e ON e.version = a.id")" \
    true,true,true "each is one transaction together with its record"

begin_corpus
up 1_t 'CREATE TABLE a (id int);'
up 2_fails "BEGIN;
INSERT INTO a VALUES (1);
INSERT INTO nowhere VALUES (1);
COMMIT;"
fails "a file with its own transaction fails" 1 2_fails.up.sql:3:13 'nowhere' "1|f" up
is "$(sql 'SELECT count(*) FROM a')" 0 "nothing of it stays"

begin_corpus
up 1_lock 'CREATE TABLE a (id int);
LOCK TABLE a IN EXCLUSIVE MODE;
SAVEPOINT here; INSERT INTO a VALUES (1); ROLLBACK TO here;
INSERT INTO a VALUES (2)'
goes "LOCK TABLE and SAVEPOINT without BEGIN" up
is "$(sql 'SELECT id FROM a')" 2 "have a transaction around them"

begin_corpus
up 1_chain 'BEGIN;
CREATE TABLE a (id int);
COMMIT AND CHAIN;
LOCK TABLE a;
INSERT INTO a VALUES (1);
COMMIT;'
up 2_after 'BEGIN; INSERT INTO a VALUES (2); COMMIT;
INSERT INTO a VALUES (3);
CREATE INDEX a_id ON a (id)'
up 3_two 'BEGIN; INSERT INTO a VALUES (4); COMMIT; BEGIN; INSERT INTO a VALUES (5); COMMIT;'
goes "COMMIT AND CHAIN, statements after COMMIT, two transactions" up
is "$(sql "SELECT string_agg(id::text, ',' ORDER BY id) FROM a")|$(row)" "1,2,3,4,5|3|f" "all of it has happened"
is "$(sql 'SELECT count(*) FROM migration_journal')" 0 "the journal is closed"

begin_corpus
up 1_middle 'BEGIN; CREATE TABLE a (id int); COMMIT;
INSERT INTO a VALUES (1/0);'
skein up
is "$status|$(sql 'SELECT version, dirty FROM schema_migrations')" "1|1|t" "a failure after the file's COMMIT: golang-migrate's row is dirty"
like "$stderr" "migrations/1_middle.up.sql:2:1: division by zero" "at its place"
up 1_middle 'BEGIN; CREATE TABLE a (id int); COMMIT;
INSERT INTO a VALUES (1);'
goes "mended, it goes on after what is committed" up
is "$(sql 'SELECT count(*) FROM a')|$(row)" "1|1|f" "and is complete"

begin_corpus
up 1_no_begin 'CREATE TABLE a (id int);
COMMIT AND CHAIN;
CREATE TABLE b (id int);'
fails "COMMIT AND CHAIN without BEGIN" 2 1_no_begin.up.sql:2:1 'BEGIN' "" up
up 1_no_begin 'BEGIN;
CREATE TABLE a (id int);'
fails "BEGIN without COMMIT" 2 1_no_begin.up.sql:1:1 'COMMIT' "" up

# --- endings

begin_corpus
up 1_no_newline 'CREATE TABLE a (id int);'
up 2_no_semicolon 'CREATE TABLE b (id int)'
up 3_comment_at_end 'CREATE TABLE c (id int) -- no semicolon, no newline'
up 4_block_comment_at_end 'CREATE TABLE d (id int) /* nor here */'
up 5_stray ';;CREATE TABLE e (id int);;  ; '
up 6_last 'CREATE TABLE f (id int)
'
goes "no final newline, no final semicolon, stray semicolons" up
is "$(sql "SELECT count(*) FROM pg_tables WHERE tablename ~ '^[a-f]\$'")|$(row)" "6|6|f" "each file stands for itself"

begin_corpus
up 1_a 'CREATE TABLE a (id int);'
: >"$files/2_empty.up.sql"
up 3_blank $' \n\t\r\n'
up 4_comment '-- nothing to do here'
up 5_comments $'/* nothing /* at all */ */\n;\n-- really'
up 6_begin_commit 'BEGIN; COMMIT;'
for version in 1_a 2_empty 3_blank 4_comment 5_comments 6_begin_commit; do : >"$files/$version.down.sql"; done
goes "empty, blank and comment-only files" up
is "$(row)|$(sql "SELECT count(*) FROM migration_executions WHERE execution_status = 'success'")" "6|f|6" "are on record"
goes "and empty downs" down 5
is "$(row)" "1|f" "lead back"

begin_corpus
up 1_crlf $'-- Windows\r\nCREATE TABLE a (\r\n    id int,\r\n    v text DEFAULT \'x\r\ny\'\r\n);\r\nINSERT INTO a VALUES (1);\r\n'
up 2_crlf $'BEGIN;\r\nINSERT INTO a VALUES (2);\r\n  INSERT INTO nowhere VALUES (2);\r\nCOMMIT;\r\n'
fails "a file with CRLF fails" 1 2_crlf.up.sql:3:15 'nowhere' "1|f" up
is "$(sql "SELECT count(*) FROM a WHERE v = E'x\\r\\ny'")" 1 "line ends inside of texts stay what they are"

begin_corpus
up 1_größe 'CREATE TABLE "größe" ("länge" int, "名前" text DEFAULT $$東京 🗼$$); -- größer
INSERT INTO größe VALUES (1); SELECT falsch FROM größe'
fails "non-ASCII: columns are characters" 1 '1_größe.up.sql:2:38' 'falsch' "" up
up 1_größe 'CREATE TABLE "größe" ("länge" int, "名前" text DEFAULT $$東京 🗼$$); -- größer
INSERT INTO größe VALUES (1)'
goes "non-ASCII in names, texts, comments and the file's name" up
is "$(sql 'SELECT "名前" FROM größe')|$(sql 'SELECT migration_id FROM migration_executions')" "東京 🗼|1_größe" "arrives as written"

# --- not in a transaction

begin_corpus
up 1_t 'CREATE TABLE a (id int, b int, c int);'
up 2_alone '-- one alone
CREATE INDEX CONCURRENTLY a_id ON a (id);
'
up 3_several 'CREATE INDEX CONCURRENTLY a_b ON a (b);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_c ON a (c);'
up 4_among 'ALTER TABLE a ADD COLUMN d int;
UPDATE a SET d = 1;
CREATE INDEX CONCURRENTLY a_d ON a (d);
COMMENT ON TABLE a IS $$indexed$$;
DROP INDEX CONCURRENTLY IF EXISTS a_b'
up 5_options 'REINDEX (CONCURRENTLY, VERBOSE off) INDEX a_c; REINDEX INDEX CONCURRENTLY a_id; VACUUM a'
goes "CONCURRENTLY alone, several in one file, among other statements" up
is "$(sql "SELECT string_agg(indexrelid::regclass::text, ',' ORDER BY indexrelid::regclass::text) FROM pg_index WHERE indrelid = 'a'::regclass AND indisvalid")|$(row)" \
    "a_c,a_d,a_id|5|f" "the indexes are there and valid"

# --- enums

begin_corpus
up 1_type "CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE a (m mood);"
up 2_add "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy' AFTER 'ok';"
up 3_use "ALTER TABLE a ALTER COLUMN m SET DEFAULT 'happy'; INSERT INTO a VALUES (DEFAULT);"
up 4_add_and_use "ALTER TYPE mood ADD VALUE 'angry';
INSERT INTO a VALUES ('angry');"
up 5_lock 'LOCK TABLE a; INSERT INTO a VALUES (DEFAULT)'
goes "ADD VALUE, its use later and in the same file, LOCK TABLE: in one run" up
is "$(sql "SELECT string_agg(m::text, ',' ORDER BY m) FROM a")|$(row)" "happy,happy,angry|5|f" "all values are there"

# --- large files, quotes

begin_corpus
up 1_many "$(for ((i = 1; i <= 700; i++)); do echo "CREATE TABLE t$i (id int PRIMARY KEY DEFAULT $i);"; done)"
up 2_error "$(for ((i = 1; i <= 699; i++)); do echo "COMMENT ON TABLE t$i IS 'number $i; of many';"; done; echo 'COMMENT ON TABLE t701 IS $$none$$;')"
fails "the last of 700 statements fails" 1 2_error.up.sql:700:1 't701' "1|f" up
is "$(sql "SELECT count(*) FROM pg_class WHERE relname ~ '^t[0-9]+\$'")|$(sql "SELECT count(*) FROM pg_description WHERE description LIKE 'number %; of many'")" \
    "700|0" "the 700 before it are there, nothing of the file that failed"

begin_corpus
up 1_quotes 'CREATE TABLE a (v text);
CREATE FUNCTION outer_f() RETURNS void LANGUAGE plpgsql AS $outer$
BEGIN
    -- a comment; with a semicolon and a quote'"'"'
    EXECUTE $inner$ INSERT INTO a VALUES ('"'"'x;y'"'"'); $inner$;
END
$outer$;
'
up 2_do 'DO $$
DECLARE n int;
BEGIN
    FOR n IN 1..3 LOOP
        PERFORM outer_f();
    END LOOP;
    RAISE NOTICE '"'"'three; done'"'"';
EXCEPTION WHEN division_by_zero THEN
    NULL;
END $$ LANGUAGE plpgsql;
SELECT outer_f();'
up 3_atomic 'CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN count(*) END FROM a; END;
CREATE PROCEDURE one_more() BEGIN ATOMIC INSERT INTO a VALUES ($a$;$a$); END; CALL one_more();'
up 4_strings "INSERT INTO a VALUES ('it''s;'), (E'back\\\\slash\\';'), (U&'\\00e4;'); CREATE TABLE \"odd;name\"\"\" (id int);
SELECT '\\'; INSERT INTO a VALUES ('after a backslash');"
up 5_operators 'SELECT 1 WHERE '"'"'{"a":1}'"'"'::jsonb ? $$a$$ AND 5 - -3 = 8 -- ; not the end
AND 2 */* ; */ 3 = 6; SELECT a.v FROM a WHERE v = $q$$$;$$ $q$;'
goes "functions, DO blocks, BEGIN ATOMIC, nested dollar quotes, strings with semicolons" up
like "$stderr$stdout" 'three; done' "what RAISE NOTICE says is shown"
is "$(sql 'SELECT how_many()')|$(row)" "9|5|f" "they do what they say"

begin_corpus
up 1_do 'CREATE TABLE a (id int);
DO $$
BEGIN
    INSERT INTO a VALUES (1);
    RAISE EXCEPTION $m$not today$m$ USING HINT = $m$tomorrow$m$;
END $$;'
fails "an exception in a DO block" 1 1_do.up.sql:2:1 'not today' "" up
like "$stderr" 'hint: tomorrow' "with its hint"

# --- versions

begin_corpus
up 1_unpadded 'CREATE TABLE v1 (id int)'
up 000007_gap 'CREATE TABLE v7 (id int)'
up 20190101_day 'CREATE TABLE v8 (id int)'
up 201912312359_minute 'CREATE TABLE v12 (id int)'
up 20200101000000_second 'CREATE TABLE v14 (id int)'
up 202001010000001_tenth 'CREATE TABLE v15 (id int)'
up 9223372036854775807_last 'CREATE TABLE v19 (id int)'
down 1_named_otherwise 'DROP TABLE v1'
down 7_unpadded_here 'DROP TABLE v7'
down 20190101_day 'DROP TABLE v8'
goes "versions with gaps, unpadded, of 8, 12, 14, 15 and 19 digits in one directory" up
is "$(sql "SELECT string_agg(version::text, ',' ORDER BY applied_at, version) FROM migration_executions")" \
    1,7,20190101,201912312359,20200101000000,202001010000001,9223372036854775807 "run in the order of the numbers"
up 3_missed 'CREATE TABLE v3 (id int)'
goes "a version below the newest applied one" up
like "$stderr" '3 is out of order: 9223372036854775807, which comes later, is applied' "is seen"
is "$(row)" "9223372036854775807|f" "the version row says the newest"
rm "$files/3_missed.up.sql"

begin_corpus
up 1_named_one_way 'CREATE TABLE v1 (id int)'
down 1_named_another 'DROP TABLE v1'
up 000007_padded 'CREATE TABLE v7 (id int)'
down 7_unpadded 'DROP TABLE v7'
goes "up and down of one version under different names: up" up
goes "up and down of one version under different names: down" down 2
is "$(sql "SELECT count(*) FROM pg_tables WHERE tablename IN ('v1', 'v7')")|$(row)" "0|" "belong together"

begin_corpus
up 1_a 'CREATE TABLE a (id int)'
up 20240102030405060708_twenty_digits 'CREATE TABLE b (id int)'
fails "20 digits, which golang-migrate skips in silence" 2 20240102030405060708_twenty_digits.up.sql '9223372036854775807' "" up
is "$(sql "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")" 0 "nothing is run"

begin_corpus
for name in 1_a 2_b 002_c 0002_d 2_e; do up "$name" 'SELECT 1'; done
fails "one version four times" 2 '[0-9]*2_[b-e].up.sql' 'version 2|2_b' "" up
is "$(sql "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")" 0 "nothing is run"

# --- the session

begin_corpus
up 1_dump "SET statement_timeout = 0; SET lock_timeout = 1; SET client_encoding = 'UTF8'; SET check_function_bodies = false;
SELECT pg_catalog.set_config('search_path', '', false);
SET default_tablespace = ''; SET row_security = off;
CREATE TABLE public.a (id int);
ALTER TABLE public.a OWNER TO owner;"
up 2_after 'CREATE TABLE b (id int)'
up 3_temp 'CREATE TEMPORARY TABLE a (temporary int); INSERT INTO a VALUES (1); PREPARE p AS SELECT 1; SET SESSION search_path = nowhere'
up 4_after "CREATE TEMPORARY TABLE a (another int);
INSERT INTO public.a VALUES (4); PREPARE p AS SELECT 2;
INSERT INTO b SELECT 1 WHERE current_setting('lock_timeout') = '1ms'"
up 5_steps "SET search_path = ''; CREATE INDEX CONCURRENTLY ON public.b (id); SET lock_timeout = 1; CREATE TABLE public.c (id int)"
up 6_after "CREATE TABLE d (id int); INSERT INTO b SELECT 1 WHERE current_setting('lock_timeout') = '1ms'; INSERT INTO a VALUES (6)"
goes "settings, temporary tables and prepared statements, as pg_dump and people write them" up
is "$(sql "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('a', 'b', 'c', 'd')")|$(row)" "4|6|f" \
    "do not reach the next file"
is "$(sql 'SELECT count(*) FROM b')|$(sql "SELECT string_agg(id::text, ',') FROM a")" "0|4,6" "nor do their values"

begin_corpus
sql 'CREATE ROLE app NOLOGIN; GRANT app TO owner; GRANT CREATE ON SCHEMA public TO app' "${DATABASE_URL/owner@/postgres@}"
up 1_role 'SET ROLE app; CREATE TABLE a (id int);'
up 2_after 'CREATE TABLE b (id int);'
up 3_local 'BEGIN; SET LOCAL ROLE app; CREATE TABLE c (id int); COMMIT;'
up 4_steps 'SET ROLE app; CREATE INDEX CONCURRENTLY ON c (id); CREATE TABLE d (id int)'
up 5_after 'CREATE TABLE e (id int);'
goes "SET ROLE" up
is "$(sql "SELECT string_agg(tablename || ' ' || tableowner, ', ' ORDER BY tablename) FROM pg_tables WHERE tablename IN ('a', 'b', 'c', 'd', 'e')")|$(row)" \
    "a app, b owner, c app, d app, e owner|5|f" "holds for its file, and neither for the record nor for the next one"

up 6_resumed 'SET ROLE app; CREATE INDEX CONCURRENTLY d_id ON d (id); SELECT 1/0'
skein up
is "$status|$(row)" "1|6|t" "a file with SET ROLE stops half-way"
up 6_resumed 'SET ROLE app; CREATE INDEX CONCURRENTLY d_id ON d (id); CREATE TABLE f (id int)'
goes "mended, it goes on" up
is "$(sql "SELECT tableowner FROM pg_tables WHERE tablename = 'f'")|$(row)" "app|6|f" "with its role"

begin_corpus
sql "ALTER ROLE owner IN DATABASE test_$server_databases SET role = 'app'; GRANT CREATE ON SCHEMA public TO app" "${DATABASE_URL/owner@/postgres@}"
up 1_settings "SET lock_timeout = '5s'; CREATE TABLE a (id int);"
up 2_role 'SET ROLE NONE; CREATE TABLE b (id int); RESET ROLE;'
up 3_steps 'CREATE TABLE c (id int); SET ROLE NONE; CREATE INDEX CONCURRENTLY ON b (id)'
up 4_after 'CREATE TABLE d (id int);'
goes "a role that the connection has from the beginning" up
is "$(sql "SELECT string_agg(tablename || ' ' || tableowner, ', ' ORDER BY tablename) FROM pg_tables WHERE length(tablename) = 1")|$(row)" \
    "a app, b owner, c app, d app|4|f" "is the one of every file"

# --- rights

begin_corpus
up 1_trusted 'CREATE EXTENSION IF NOT EXISTS citext; CREATE TABLE a (v citext);'
up 2_role 'CREATE TABLE b (id int);
CREATE ROLE reader;'
fails "what the owner may not do" 4 2_role.up.sql:2:1 'permission denied' "1|f" up
is "$(row)|$(sql "SELECT to_regclass('b') IS NULL")" "1|f|t" "is refused as a whole, and what he may do is done"

# --- downs

begin_corpus
up 1_a 'CREATE TABLE a (id int);'
down 1_a 'DROP TABLE a;'
up 2_b 'CREATE TABLE b (id int); CREATE INDEX b_id ON b (id);'
down 2_b 'DROP TABLE b;
DROP INDEX b_id;'
up 3_c 'ALTER TABLE a ADD COLUMN c int;'
down 3_c 'ALTER TABLE a DROP COLUMN c;'
goes "all up" up
skein down --all
is "$status" 1 "a down that fails"
like "$stderr" "migrations/2_b.down.sql:2:1: .*b_id" "is named with its line"
state() { row; sql 'SELECT version, execution_status FROM migration_executions ORDER BY 1'; sql 'SELECT relname FROM pg_class ORDER BY 1'; }
is "$(row)|$(sql "SELECT string_agg(version || execution_status, ',' ORDER BY version) FROM migration_executions")" \
    "2|f|1success,2success,3rolled_back" "the ones before it are down, it is not"
before=$(state)
skein down 1
is "$status|$(state)" "1|$before" "tried again, it fails again and changes nothing"
is "$(sql "SELECT count(*) FROM migration_history WHERE outcome = 'failed' AND direction = 'down'")" 2 "each attempt is on record"
goes "all up again" up
is "$(row)|$(sql "SELECT count(*) FROM pg_attribute WHERE attrelid = 'a'::regclass AND attname = 'c'")" "3|f|1" "is complete"

begin_corpus
up 1_a 'CREATE TABLE a (id int);'
up 2_b 'CREATE TABLE b (id int);'
down 2_b 'DROP TABLE b;'
goes "a missing down that nobody needs" up
goes "and one down" down 1
fails "a missing down when it is needed" 2 1_a.up.sql 'has no down half' "1|f" down 1
like "$stderr" "hint: create .*migrations/1_a.down.sql" "says what to create"

begin_corpus
up 1_a 'CREATE TABLE a (id int);'
down 2_b 'DROP TABLE IF EXISTS b;'
up 3_b 'CREATE TABLE b (id int);'
goes "a down half whose up half has another number, which golang-migrate goes over" up
is "$(row)|$(sql 'SELECT count(*) FROM migration_executions')" "3|f|3" "every version is on record"
like "$stderr" '2_?b? has a down half only' "and it is said"
skein status
like "$stdout" '3 applied; at version 3' "status takes it for applied"
fails "the other way there is no down half" 2 3_b.up.sql 'has no down half' "3|f" down 1
down 3_b ''
goes "with it" down 2
is "$(row)|$(sql "SELECT to_regclass('b') IS NULL")" "1|f|t" "the half that is there is run"

done_testing
