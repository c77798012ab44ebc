#!/usr/bin/env bash
# Seed files: once each, again when they change, in the order of the services, with their place when they fail.
. "$(dirname "$0")/lib/tap.sh"

skein()
{
    run "$SKEIN" "$@"
}

mkdir -p "$scratch/repo"
cp -r "$root/services" "$scratch/repo/"
cd "$scratch/repo" || exit 1
new_database

skein seed
is "$status" 5 "before the first migration: exit code"
like "$stderr" 'no schema .*nothing to seed' "it says why"
like "$stderr" 'hint: migrate first' "and what to do"
skein up
is "$status" 0 "up" || diag "$stderr"

skein seed
is "$status" 0 "seed" || diag "$stderr"
like "$stdout" 'services/user-service/seeds/development.sql: applied in' "it says what it applied"
before=$("$SKEIN" database counts --json)
skein seed
is "$status" 0 "again"
unlike "$stdout" 'applied' "nothing is applied twice"
is "$("$SKEIN" database counts --json)" "$before" "and no row is there twice"
skein seed --force
like "$stdout" 'applied again' "--force applies again"
is "$("$SKEIN" database counts --json)" "$before" "which the seed files bear"
is "$(sql 'SELECT count(*), min(environment) FROM user_service.seed_executions')" "1|development" "it is on record"

echo "-- another word" >>services/user-service/seeds/development.sql
skein seed --json
like "$stdout" '"file":"services/user-service/seeds/development.sql","outcome":"applied again"' "a changed file runs again"
like "$stdout" '"file":"services/auth-service/seeds/development.sql","outcome":"unchanged"' "the others do not"

skein seed --service user-service --environment production
is "$stdout" "no seed files for the environment production" "no files: it says so"

# --- a repository of its own

mkdir -p "$scratch/own/services/b-needed/migrations" "$scratch/own/services/a-needs/migrations"
cd "$scratch/own" || exit 1
new_database
echo 'CREATE TABLE b_needed.t (id int PRIMARY KEY, v text);' >services/b-needed/migrations/000001_t.up.sql
echo 'CREATE TABLE a_needs.t (id int REFERENCES b_needed.t);' >services/a-needs/migrations/000001_t.up.sql
echo '{"migrations": {"000001": {"depends_on": [], "cross_service_dependencies": {"b-needed": ["000001"]}}}}' \
    >services/a-needs/migrations/dependencies.json
mkdir -p services/a-needs/seeds services/b-needed/seeds/development
echo 'INSERT INTO t VALUES (1);' >services/a-needs/seeds/development.sql
echo "INSERT INTO t VALUES (1, 'one');" >services/b-needed/seeds/development/1.sql
printf 'BEGIN;\nINSERT INTO t VALUES (2, $$a;b$$);\nSET search_path = pg_catalog;\nCOMMIT;\n' >services/b-needed/seeds/development/2.sql
echo 'not sql' >services/b-needed/seeds/development/notes.txt
skein up
is "$status" 0 "up" || diag "$stderr"
skein seed
is "$status" 0 "files by convention" || diag "$stderr"
is "$(echo "$stdout" | sed 's/:.*//' | tr '\n' ' ')" \
    "services/b-needed/seeds/development/1.sql services/b-needed/seeds/development/2.sql services/a-needs/seeds/development.sql " \
    "in the order of the services' dependencies"
is "$(sql 'SELECT count(*) FROM b_needed.t')" 2 "in their service's schema"

printf -- '-- ünï\nINSERT INTO t VALUES (3, $$c$$);\nINSERT INTO t\n  SELEKT 1;\n' >services/b-needed/seeds/development/3.sql
skein seed
is "$status" 1 "a file that no grammar reads: exit code"
like "$stderr" 'services/b-needed/seeds/development/3.sql:4:3' "file, line and column"
is "$(sql 'SELECT count(*) FROM b_needed.t')" 2 "nothing of it stays"
printf -- '-- ünï\nINSERT INTO t VALUES (3, $$ü$$);\nINSERT INTO t SELECT 4, nothing FROM t;\n' >services/b-needed/seeds/development/3.sql
skein seed
is "$status" 1 "a failure: exit code"
like "$stderr" '3.sql:3:25: ' "its place, in characters"
printf 'INSERT INTO t VALUES (3);\nINSERT INTO t VALUES (1);\n' >services/b-needed/seeds/development/3.sql
skein seed
like "$stderr" '3.sql:2:1: .*duplicate key' "a failure without a position is found at its statement"
like "$stderr" 'ON CONFLICT' "with a hint"
is "$(sql 'SELECT count(*) FROM b_needed.t')" 2 "and nothing of the file stays"
echo 'CREATE INDEX CONCURRENTLY x ON t (v);' >services/b-needed/seeds/development/3.sql
skein seed
is "$status" 2 "what cannot be in a transaction is refused"
like "$("$SKEIN" validate)" '3\.sql: error: a seed file is one transaction' "and found by validate"
printf 'INSERT INTO t VALUES (3);\nINSERT INTO t\n  SELEKT 1;\n' >services/b-needed/seeds/development/3.sql
skein validate
is "$status" 1 "validate reads seed files"
like "$stdout" 'services/b-needed/seeds/development/3\.sql:3:3: error: syntax error at or near "SELEKT" \[syntax\]' "and names the place"
is "$(grep -c '3\.sql' <<<"$stdout")" 1 "once"
skein validate --service a-needs
unlike "$stdout" 3.sql "of the services that are asked for"
skein validate --environment production
unlike "$stdout" 3.sql "and of the environment"
printf '\\echo x\n' >services/b-needed/seeds/development/3.sql
like "$("$SKEIN" validate)" '3\.sql:1:1: error: ' "what only psql understands"
rm services/b-needed/seeds/development/3.sql
skein validate
unlike "$stdout" seeds/ "no rule judges them"

echo '{"environments": {"development": {"seed_files": ["../../etc/passwd"]}}}' >services/b-needed/migrations/environments.json
skein seed
is "$status" 2 "a path out of the repository: exit code"
like "$stderr" 'environments.json:[0-9]+:[0-9]+: .*outside the repository' "at its place"
like "$("$SKEIN" validate)" 'error: the seed file \.\./\.\./etc/passwd of b-needed is outside the repository' "and found by validate"
echo '{"environments": {"development": {"seed_files": ["services/b-needed/seeds/missing.sql"]}}}' >services/b-needed/migrations/environments.json
skein seed
is "$status" 2 "a file that is missing: exit code"
like "$stderr" 'missing.sql' "it is named"
skein validate
like "$stdout" 'environments\.json:1:[0-9]+: error: there is no seed file "services/b-needed/seeds/missing\.sql" in the repository \[missing-file\]' \
    "and by validate, too"
rm services/b-needed/migrations/environments.json

# --- rows that went with a migration

mkdir -p "$scratch/undone/services/shop/migrations" "$scratch/undone/services/shop/seeds/development"
pushd "$scratch/undone" >/dev/null || exit 1
new_database
echo 'CREATE TABLE shop.a (id serial PRIMARY KEY, v text); CREATE TABLE shop.c (v text);' >services/shop/migrations/000001_a.up.sql
echo 'DROP TABLE shop.a, shop.c;' >services/shop/migrations/000001_a.down.sql
echo 'CREATE TABLE shop.b (v text);' >services/shop/migrations/000002_b.up.sql
echo 'DROP TABLE shop.b;' >services/shop/migrations/000002_b.down.sql
seeds=services/shop/seeds/development
echo "INSERT INTO a (v) VALUES ('a');" >"$seeds/1_a.sql"
echo "DO \$\$ BEGIN IF NOT EXISTS (SELECT FROM a) THEN RAISE 'no a'; END IF; END \$\$; INSERT INTO b VALUES ('b');
SELECT setval(pg_get_serial_sequence('shop.a', 'id'), (SELECT max(id) FROM a));" >"$seeds/2_b.sql"
echo "INSERT INTO a (v) VALUES ('both'); INSERT INTO shop.b VALUES ('both');" >"$seeds/3_both.sql"
echo "INSERT INTO c VALUES ('d'); DELETE FROM c;" >"$seeds/4_d.sql"
held()
{
    sql 'SELECT (SELECT count(*) FROM shop.a), (SELECT count(*) FROM shop.b), (SELECT count(*) FROM shop.c)'
}
skein up
skein seed
is "$status $(held)" "0 2|2|0" "rows" || diag "$stderr"
sql 'DELETE FROM shop.b' >/dev/null
skein seed
unlike "$stdout" 'applied|force' "what somebody has deleted stays so"
skein down --yes
skein up
skein seed
is "$status $(held)" "0 2|1|0" "what a migration took along comes back, and nothing twice" || diag "$stderr"
like "$stdout" '2_b.sql: applied again' "it is said"
like "$(grep 1_a <<<"$stdout")" '1_a.sql: unchanged$' "the others are as they were"
skein down --yes
skein up
rm "$seeds/2_b.sql"
skein seed
like "$stdout" '3_both.sql: unchanged; a migration went down since, and a table that it fills is empty: --force loads it again' \
    "what would come twice is left to people"
like "$stdout" '4_d.sql: unchanged; ' "and so is what does more than that"
is "$(held)" "2|0|0" "nothing came"
skein seed --force
unlike "$stdout" 'force' "by force it is loaded"
sql 'TRUNCATE shop.b; ALTER TABLE shop.b ENABLE ROW LEVEL SECURITY' >/dev/null
skein down 2 --yes
skein up
skein seed
is "$status $(held)" "0 2|1|0" "all of them, from nothing" || diag "$stderr"
popd >/dev/null || exit 1

# --- two at once

new_database
skein up
echo 'SELECT pg_sleep(0.3);' >services/b-needed/seeds/development/0.sql
"$SKEIN" seed >"$scratch/one" 2>&1 &
first=$!
"$SKEIN" seed >"$scratch/two" 2>&1
wait "$first"
is "$(cat "$scratch/one" "$scratch/two" | grep -c ': applied in')" 4 "two at once apply each file once" ||
    diag "$(cat "$scratch/one" "$scratch/two")"
is "$(cat "$scratch/one" "$scratch/two" | grep -c ': unchanged')" 4 "and see what the other one did"

skein --migrations services/b-needed/migrations seed
is "$status" 2 "seeds belong to services"

done_testing
