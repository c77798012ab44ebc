#!/usr/bin/env bash
# golang-migrate and skein on one database: for every k the first k migrations by one tool and the rest by the other, in
# both roles, up and down.  Schema and version row must equal those of either tool alone.  And each keeps the other out.
. "$(dirname "$0")/lib/tap.sh"

migrate=$(command -v migrate || { command -v go >/dev/null && echo "$(go env GOPATH)/bin/migrate"; })
if [ ! -x "$migrate" ]; then
    command -v go >/dev/null || skip_all "no golang-migrate and no Go to build it with"
    GOBIN=$scratch go install -tags postgres github.com/golang-migrate/migrate/v4/cmd/migrate@v4.19.1 >"$scratch/go" 2>&1 ||
        skip_all "golang-migrate does not build: $(tail -n 1 "$scratch/go")"
    migrate=$scratch/migrate
fi
start_server

m=$scratch/migrations
mkdir "$m"
add() { printf '%s\n' "$2" >"$m/$1.up.sql"; printf '%s\n' "$3" >"$m/$1.down.sql"; }
add 000001_users 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL); COMMENT ON TABLE users IS $$who$$' 'DROP TABLE users'
add 000002_own_transaction 'BEGIN; CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users); COMMIT;' 'BEGIN; DROP TABLE orders; COMMIT;'
add 000003_nothing '-- only a comment' ''
add 000004_function 'CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.email := lower(NEW.email); RETURN NEW; END $f$;
CREATE TRIGGER touch BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch();' 'DROP TRIGGER touch ON users; DROP FUNCTION touch();'
add 000005_index 'CREATE INDEX CONCURRENTLY users_email ON users (email)' 'DROP INDEX CONCURRENTLY users_email'
add 000007_enum "CREATE TYPE mood AS ENUM ('ok'); ALTER TYPE mood ADD VALUE 'fine';" 'DROP TYPE mood'
add 20240102030405_stamp 'ALTER TABLE users ADD COLUMN note text DEFAULT $$;$$' 'ALTER TABLE users DROP COLUMN note'
count=7

golang() { "$migrate" -path "$m" -database "$DATABASE_URL&sslmode=disable" "$@" >"$scratch/out" 2>&1; }
skein() { "$SKEIN" -path "$m" -database "$DATABASE_URL" --yes "$@" >"$scratch/out" 2>&1; }
picture()
{
    pg_dump --schema-only --no-owner --exclude-table='migration_*' "$DATABASE_URL" | grep -v -E '^(--|\\|$|SET |SELECT pg_catalog)'
    sql 'SELECT version, dirty FROM schema_migrations'
}
down_all() { if [ "$1" = golang ]; then golang down -all; else skein down --all; fi; }

new_database
golang up || { fail "golang-migrate alone"; diag "$(cat "$scratch/out")"; }
full=$(picture)
golang down -all
empty=$(picture)
new_database
skein up || { fail "skein alone"; diag "$(cat "$scratch/out")"; }
is "$(picture)" "$full" "up: skein alone makes what golang-migrate alone makes"
skein down --all
is "$(picture)" "$empty" "down: skein alone leaves what golang-migrate alone leaves"

for ((k = 1; k < count; k++)); do
    for pair in "golang skein" "skein golang"; do
        read -r one other <<<"$pair"
        new_database
        { $one up $k && $other up; } || diag "$(cat "$scratch/out")"
        is "$(picture)" "$full" "up: $k by $one, the rest by $other"
        { $one down $k && down_all "$other"; } || diag "$(cat "$scratch/out")"
        is "$(picture)" "$empty" "down: $k by $one, the rest by $other"
        { $other up $k && $one up; } || diag "$(cat "$scratch/out")"
        is "$(picture)" "$full" "up again: $k by $other, the rest by $one"
    done
done

# --- what was done by the other is on record, and marked as such
new_database
golang up 3
skein up 1
is "$(sql "SELECT string_agg(outcome, ',' ORDER BY version) FROM migration_history WHERE direction = 'up'")" "adopted,adopted,adopted,success" \
    "what golang-migrate did is put on record as adopted"
golang down 2
skein init
is "$(sql "SELECT string_agg(execution_status, ',' ORDER BY version) FROM migration_executions")" "success,success,rolled_back,rolled_back" \
    "what golang-migrate took back is put on record too"

# --- a row that is gone: taken back, or lost?
new_database
skein up 3
sql 'DELETE FROM schema_migrations'
run "$SKEIN" -path "$m" -database "$DATABASE_URL" --environment staging up
is "$status" 8 "outside development an empty version table beside records stops skein"
like "$stderr" 'skein force -1' "and the way out is named"
is "$(sql "SELECT count(*) FROM migration_executions WHERE execution_status = 'success'")" 3 "nothing was changed"
ok "force says which" skein --environment staging force 3
run "$SKEIN" -path "$m" -database "$DATABASE_URL" --environment staging up 1
is "$status|$(sql 'SELECT version, dirty FROM schema_migrations')" "0|4|f" "and it goes on"

# --- dirty rows
new_database
echo 'SELECT 1/0' >"$m/000008_fails.up.sql"
golang goto 8
run "$SKEIN" -path "$m" -database "$DATABASE_URL" up
is "$status" 9 "a row that golang-migrate left dirty stops skein with exit code 9"
like "$stderr" 'force' "and the way out is named"
skein force 7
skein version
like "$(cat "$scratch/out")" '^7$' "skein force makes it clean"
echo 'SELECT 1' >"$m/000008_fails.up.sql"
ok "golang-migrate goes on after skein force" golang goto 8
rm "$m/000008_fails.up.sql"

# --- mutual exclusion
new_database
skein up 1
echo 'SELECT pg_sleep(2); CREATE TABLE slow (id int)' >"$m/000002_own_transaction.up.sql"
"$migrate" -path "$m" -database "$DATABASE_URL&sslmode=disable" up 1 >"$scratch/background" 2>&1 &
sleep 0.7
run "$SKEIN" -path "$m" -database "$DATABASE_URL" -lock-timeout 0 up 1
is "$status" 7 "while golang-migrate runs, skein does not get the lock"
like "$stderr" 'held by pid [0-9]+' "and says who holds it"
wait $!
new_database
skein up 1
"$SKEIN" -path "$m" -database "$DATABASE_URL" up 1 >"$scratch/background" 2>&1 &
sleep 0.7
golang up 1
wait $!
is "$(sql 'SELECT version, dirty FROM schema_migrations')" "3|f" "while skein runs, golang-migrate waits, then goes on from there"

# --- a golang-migrate that waits for our lock would stop CREATE INDEX CONCURRENTLY for ever
new_database
printf 'CREATE TABLE slow (id int); CREATE TABLE hold (id int);' >"$m/000002_own_transaction.up.sql"
skein goto 4
psql -X -q "$DATABASE_URL" -c 'BEGIN; LOCK TABLE users IN ROW EXCLUSIVE MODE; SELECT pg_sleep(1.5); COMMIT' >/dev/null &
holder=$!
sleep 0.3
"$SKEIN" -path "$m" -database "$DATABASE_URL" up 1 >"$scratch/background" 2>&1 &
runner=$!
sleep 0.5
timeout 30 "$migrate" -path "$m" -database "$DATABASE_URL&sslmode=disable" up 1 >"$scratch/out" 2>&1
ended=$?
isnt "$ended" 124 "golang-migrate, waiting while skein builds an index concurrently, does not block it for ever"
like "$(cat "$scratch/out")" 'Dirty database version 5|7/u enum' "it stops at the dirty row, or goes on once the index is there"
wait $runner
is "$?" 0 "the index is built"
is "$(sql "SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_email'::regclass")" t "and valid"
like "$(sql 'SELECT version, dirty FROM schema_migrations')" '^[57][|]f$' "and recorded"
wait $holder

done_testing
