#!/usr/bin/env bash
# Releases: what they name, going back to one and up to one on a real server, and making one.
. "$(dirname "$0")/lib/tap.sh"

start_server
export SKEIN_RETRY_DELAY=10ms NO_COLOR=1 COLUMNS=160

# migration SERVICE VERSION [DOWN]: makes the table tVERSION in the service's schema
migration()
{
    local service=$1 version=$2 directory
    directory=services/$service/migrations
    mkdir -p "$directory"
    echo "CREATE TABLE $service.t$version (i int);" >"$directory/$(printf %06d "$version")_t$version.up.sql"
    echo "${3:-DROP TABLE $service.t$version;}" >"$directory/$(printf %06d "$version")_t$version.down.sql"
}
declares() { cat >"services/$1/migrations/dependencies.json"; }
tables() { sql "SELECT string_agg(schemaname || '.' || tablename, ' ' ORDER BY schemaname, tablename) FROM pg_tables WHERE tablename ~ '^t[0-9]'"; }

# shop: users 1-4 and orders 1-3 since 1.0.0, billing since 1.1.0, stats without releases; all of it applied
shop()
{
    new_database
    rm -rf "$scratch/shop" && mkdir "$scratch/shop" && cd "$scratch/shop" || exit
    local version
    for version in 1 2 3 4; do migration users $version; done
    for version in 1 2 3; do migration orders $version; done
    migration billing 1
    migration billing 2
    migration stats 1
    declares users <<<'{"releases": {"1.0.0": "000002", "1.1.0": "000003", "1.10.0": "000004"}}'
    declares orders <<<'{"releases": {"1.0.0": "000001", "1.10.0": "000003"},
 "migrations": {"000002": {"cross_service_dependencies": {"users": ["000002"]}}}}'
    declares billing <<<'{"releases": {"1.1.0": "000001", "1.10.0": "000002"}}'
}
everything="billing.t1 billing.t2 orders.t1 orders.t2 orders.t3 stats.t1 users.t1 users.t2 users.t3 users.t4"

# --- where labels are seen

shop
run "$SKEIN" list
like "$stdout" "NAME +RELEASE +HALVES" "list has a column for labels"
like "$stdout" "users +000003 +t3 +1.1.0.3 " "and shows which release brings a migration"
like "$stdout" "orders +000003 +t3 +1.10.0.3 .*stats +000001 +t1 +up" "and nothing where none does"
run "$SKEIN" list --service stats
unlike "$stdout" "RELEASE" "no column where there is nothing to show"
run "$SKEIN" list --service stats --json
like "$stdout" '"release": ?null, ?"release_label": ?null' "JSON has the members always"
run "$SKEIN" plan
like "$stdout" "MIGRATION +RELEASE +RUNS AS.*users 000001_t1 +1.0.0.1 +transaction" "plan has labels"
run "$SKEIN" plan --json
like "$stdout" '"release": ?"1.0.0", ?"release_label": ?"1.0.0.1"' "also as JSON"
run "$SKEIN" up --yes --quiet
run "$SKEIN" status
like "$stdout" "NAME +RELEASE +STATE.*users +000004 +t4 +1.10.0.4 +applied" "status has labels"
run "$SKEIN" status --json
like "$stdout" '"release": ?"1.10.0", ?"release_label": ?"1.10.0.4"' "also as JSON"
run "$SKEIN" history 1 --service users
like "$stdout" "MIGRATION +RELEASE +OUTCOME.*000004_t4 +1.10.0.4 +" "history has labels"
run "$SKEIN" history --json
like "$stdout" '"id": ?"000004_t4", ?"release": ?"1.10.0", ?"release_label": ?"1.10.0.4"' "also as JSON"
run "$SKEIN" status --service stats
unlike "$stdout" "RELEASE" "status without labels has no column for them"

# --- back to a release

is "$(tables)" "$everything" "all of it is applied"
run "$SKEIN" rollback --to-release 1.1.0 --dry-run
is "$status" 0 "--dry-run shows the way back"
like "$stdout" "down +users 000004_t4 .*after release 1.1.0" "where the release is declared"
like "$stdout" "down +orders 000003_t3 .*after release 1.0.0.*down +orders 000002_t2 " \
    "a service without it stands at its newest older one"
like "$stdout" "stats declares no releases: it is left as it is" "a service without releases is named"
is "$(tables)" "$everything" "and nothing has happened"
run "$SKEIN" plan --to-release 1.1.0 --json
like "$stdout" '"steps": ?\[\].*declares no releases' "plan --to-release has nothing to apply"
run "$SKEIN" rollback --to-release 1.1.0 --yes --service orders
is "$status $(tables)" "0 billing.t1 billing.t2 orders.t1 stats.t1 users.t1 users.t2 users.t3 users.t4" "--service restricts"
run "$SKEIN" rollback --to-release 1.1.0 --yes
is "$status $(tables)" "0 billing.t1 orders.t1 stats.t1 users.t1 users.t2 users.t3" "the others follow"
like "$stderr" "stats declares no releases" "what is left is said"
run "$SKEIN" rollback --to-release 1.1.0 --yes
like "$status $stderr" "^0 .*no change" "once there, nothing changes"

# --- services that came later

run "$SKEIN" rollback --to-release 1.0.0 --yes
like "$status $stderr" "^6 .*first released later and is applied: billing .with 1.1.0.*--newer-services leave" \
    "what came later is not decided about silently, not even by --yes"
is "$(tables)" "billing.t1 orders.t1 stats.t1 users.t1 users.t2 users.t3" "and nothing has happened"
run "$SKEIN" rollback --to-release 1.0.0 --dry-run --newer-services rollback
like "$stdout" "down +billing 000001_t1 .*first released with 1.1.0" "--dry-run shows what would go"
run "$SKEIN" down --to-release 1.0.0 --yes --newer-services leave
is "$status $(tables)" "0 billing.t1 orders.t1 stats.t1 users.t1 users.t2" "it may be left"
run "$SKEIN" rollback --to-release 1.0.0 --yes --newer-services rollback
is "$status $(tables)" "0 orders.t1 stats.t1 users.t1 users.t2" "or rolled back, all of it"
run "$SKEIN" rollback --to-release 1.0.0 --newer-services perhaps
like "$status $stderr" "^2 .*is leave or rollback" "and nothing else"

# --- up to a release

run "$SKEIN" up --to-release 1.1.0 --yes
is "$status $(tables)" "0 billing.t1 orders.t1 stats.t1 users.t1 users.t2 users.t3" "up to exactly a release"
run "$SKEIN" goto --to-release 1.10.0 --yes
is "$status $(tables)" "0 $everything" "goto goes up"
run "$SKEIN" up --to-release 1.1.0 --yes
like "$status $stderr" "^0 .*users is at version 4, beyond the end of release 1.1.0, and stays there.*no change" \
    "up does not go down, and says where the database is beyond the release"
sql "DROP TABLE users.t4; DROP TABLE users.t3" && run "$SKEIN" force 2 --service users
run "$SKEIN" goto --to-release 1.1.0 --yes
is "$status $(tables)" "0 billing.t1 orders.t1 stats.t1 users.t1 users.t2 users.t3" "goto goes down in one service and up in another"

# --- labels, and names that are none

run "$SKEIN" up --yes --quiet
run "$SKEIN" rollback --to-release 1.10.0.000003 --yes --dry-run
is "$status" 0 "MAJOR.MINOR.PATCH.MIGRATION names a migration of one service"
run "$SKEIN" rollback --to-release 1.10.0.2 --yes
like "$status $stderr" "^2 .*a migration of several services: billing and orders.*--service" "one of several is not guessed"
run "$SKEIN" rollback --to-release 1.10.0.2 --yes --service orders
is "$status $(tables)" "0 billing.t1 billing.t2 orders.t1 orders.t2 stats.t1 users.t1 users.t2 users.t3 users.t4" "up to that migration"
run "$SKEIN" rollback --to-release 1.0.1 --yes
like "$status $stderr" "^2 .*there is no release 1.0.1.*the nearest: 1.0.0 and 1.1.0" "an unknown release"
run "$SKEIN" rollback --to-release v1.1.0 --yes
like "$status $stderr" "^2 .*'v1.1.0' is not the name of a release.*nearest: 1.1.0" "what is no name"
run "$SKEIN" rollback --to-release 1.1.0 --to 3 --service users
like "$status $stderr" "^2 .*both a version and --to-release" "a version and a release"
run "$SKEIN" up 1 --to-release 1.1.0
like "$status $stderr" "^2 .*both a number of migrations and --to-release" "a number and a release"
run "$SKEIN" rollback 000003 --to-release 1.1.0 --service users
like "$status $stderr" "^2 .*not two of them" "a migration and a release"
run "$SKEIN" rollback --to-release 1.1.0 --service stats
like "$status $stderr" "^2 .*stats declares no releases" "a service that has none"
run env SKEIN_TO_RELEASE=1.1.0 "$SKEIN" rollback --yes
is "$status $(tables)" "0 billing.t1 orders.t1 stats.t1 users.t1 users.t2 users.t3" "from the environment, as make gives it"
run "$SKEIN" --migrations services/users/migrations rollback --to-release 1.1.0 --yes
like "$status $stderr" "^2 .*no service declares releases.*--migrations" "one directory has no releases"

# --- dependents in other services

shop
declares stats <<<'{"migrations": {"000001": {"cross_service_dependencies": {"users": ["000004"]}}}}'
run "$SKEIN" up --yes --quiet
run "$SKEIN" rollback --to-release 1.1.0 --yes
like "$status $stderr" "^5 .*stats 000001 is applied and needs what would be rolled back .stats 000001 needs users 000004.*--cascade" \
    "a dependent in a service that is left is in the way"
is "$(tables)" "$everything" "and nothing has happened"
run "$SKEIN" rollback --to-release 1.1.0 --yes --cascade
is "$status $(tables)" "0 billing.t1 orders.t1 users.t1 users.t2 users.t3" "--cascade takes it along"

shop
declares orders <<<'{"releases": {"1.0.0": "000003"}, "migrations": {"000003": {"cross_service_dependencies": {"users": ["000004"]}}}}'
run "$SKEIN" validate
like "$status $stdout" "^0 .*orders/migrations/dependencies.json:1:24: warning: release 1.0.0 is not complete: orders 000003 needs users 000004.*incomplete-release" \
    "a release that needs more than it has is found"
run "$SKEIN" up --to-release 1.0.0 --yes
like "$status $stderr" "^5 .*error: release 1.0.0 is not complete: orders 000003 needs users 000004" "and not gone to"
is "$(tables)" "" "and nothing has happened"

# --- making releases

shop
cat >services/users/migrations/dependencies.json <<'END'
{
    "global_config": { "max_parallel_migrations": 2 },
    "releases": {
        "1.0.0": "000002",
        "1.10.0": "000003"
    },
    "migrations": {}
}
END
run "$SKEIN" release
is "$status $stdout" "0 RELEASE       SERVICE  ENDS WITH  BRINGS  MIGRATIONS
1.0.0         orders   000001_t1       1           1
1.0.0         users    000002_t2       2           2
1.1.0         billing  000001_t1       1           1
1.1.0         orders   000001_t1       0           1
1.1.0         users    000002_t2       0           2
1.10.0        billing  000002_t2       1           2
1.10.0        orders   000003_t3       2           3
1.10.0        users    000003_t3       1           3
not released  stats    000001_t1       1           1
not released  users    000004_t4       1           4" "release lists where each service stands"
run "$SKEIN" release --json --service users
like "$stdout" '"name": ?"1.10.0", ?"services": ?\[\{"service": ?"users", ?"version": ?3, ?"id": ?"000003_t3", ?"declared": ?true, ?"brings": ?1, ?"migrations": ?3' "also as JSON"
like "$stdout" '"unreleased": ?\[\{"service": ?"users", ?"version": ?4' "with what is not released"
before=$(find services -type f -exec sha256sum {} + | sort)
for name in 1.10.0 1.01.0 1.9.9 1.0.0 v2.0.0 2.0 2.0.0.1 "2.0.0 " "../2.0.0" 99999999999.0.0; do
    run "$SKEIN" release "$name"
    is "$status" 2 "'$name' is refused"
done
run "$SKEIN" release 1.11.0 --dry-run
like "$status $stdout" "^0 .*users/migrations/dependencies.json: 1.11.0 ends with 000004, 1 new" "--dry-run says what it would be"
is "$(find services -type f -exec sha256sum {} + | sort)" "$before" "and nothing has changed"
run "$SKEIN" release 1.10.0
like "$stderr" "there is a release 1.10.0 already" "a release that is there is not made again"
run "$SKEIN" release 1.9.9
like "$stderr" "1.9.9 is older than the last release, 1.10.0" "nor one before the last, by numbers"
run "$SKEIN" release 1.11.0
is "$status $stdout" "0 services/billing/migrations/dependencies.json: 1.11.0 ends with 000002, 0 new
services/orders/migrations/dependencies.json: 1.11.0 ends with 000003, 0 new
services/stats/migrations/dependencies.json: 1.11.0 ends with 000001, 1 new
services/users/migrations/dependencies.json: 1.11.0 ends with 000004, 1 new" "a release is made of what there is"
is "$(cat services/users/migrations/dependencies.json)" '{
    "global_config": { "max_parallel_migrations": 2 },
    "releases": {
        "1.0.0": "000002",
        "1.10.0": "000003",
        "1.11.0": "000004"
    },
    "migrations": {}
}' "the file is as it was, and an entry longer"
is "$(cat services/billing/migrations/dependencies.json)" '{"releases": {"1.1.0": "000001", "1.10.0": "000002", "1.11.0": "000002"}}' \
    "on one line where all of it is"
like "$(cat services/orders/migrations/dependencies.json)" '"1.11.0": "000003"},.*"cross_service_dependencies"' "before other members"
is "$(cat services/stats/migrations/dependencies.json)" '{
  "releases": {
    "1.11.0": "000001"
  }
}' "a file that was not there is made"
run "$SKEIN" validate
is "$status" 0 "what was made is valid"
run "$SKEIN" release 1.11.1
is "$status" 0 "a release that brings nothing is one"
run "$SKEIN" up --yes --quiet --to-release 1.11.1
is "$status $(tables)" "0 $everything" "and can be gone to"
run "$SKEIN" release 2.0.0 --service users --json
like "$status $stdout" '^0 .*"release": ?"2.0.0", ?"services": ?\[\{"service": ?"users", ?"version": ?4, ?"brings": ?0, ?"file": ?"services/users/migrations/dependencies.json"\}\]' \
    "--service makes it of one service"
unlike "$(cat services/orders/migrations/dependencies.json)" "2.0.0" "and of no other"

# Nothing is written when one file cannot be.
chmod a-w services/users/migrations
before=$(find services -type f -exec sha256sum {} + | sort)
if [ "$(id -u)" -eq 0 ]; then
    skip "a directory that may not be written" "root may"
else
    run "$SKEIN" release 3.0.0
    is "$status" 4 "a directory that may not be written"
fi
chmod u+w services/users/migrations
printf '[]\n' >services/users/migrations/dependencies.json
before=$(find services -type f -exec sha256sum {} + | sort)
run "$SKEIN" release 3.0.0
like "$status $stderr" "^2 .*users/migrations/dependencies.json:1:1.*object" "a file that is no object"
is "$(find services -type f -exec sha256sum {} + | sort)" "$before" "and all others are as they were"

# The old short form, other environments, and a service without migrations.
echo '{"000002": ["000001"]}' >services/users/migrations/dependencies.json
mkdir -p services/users/migrations/development services/empty/migrations
echo '{"environments": {"development": {"migrations": "development"}, "production": {}}}' >services/users/migrations/environments.json
echo "SELECT 1;" | tee services/users/migrations/development/000009_samples.up.sql >services/users/migrations/development/000009_samples.down.sql
run "$SKEIN" release 3.0.0 --environment production
is "$status $(tr -d ' \n' <services/users/migrations/dependencies.json)" '0 {"000002":["000001"],"releases":{"3.0.0":"000009"}}' \
    "it ends with the newest migration of any environment, beside the old short form"
not_ok "a service without migrations has no entry" test -e services/empty/migrations/dependencies.json
for environment in production development; do
    run "$SKEIN" list --environment $environment
    like "$status $stdout" "^0 .*3.0.0.4 " "$environment reads it"
done
run "$SKEIN" --migrations services/users/migrations release 4.0.0
like "$status $stderr" "^2 .*--migrations has none" "one directory has no releases"

# Many at once: each release is made once, in all services or in none.
shop
for ((i = 0; i < 8; i++)); do
    "$SKEIN" release 3.0.0 >"$scratch/made.$i" 2>&1 &
    "$SKEIN" create thing --service users >/dev/null 2>&1 &
done
wait $(jobs -p | grep -vx "$server_pid")
is "$(grep -l '^services/' "$scratch"/made.* | wc -l)" 1 "of many that make one release, one does"
is "$(grep -l 'there is a release 3.0.0 already' "$scratch"/made.* | wc -l)" 7 "and the others are told"
is "$(grep -c '3.0.0' services/*/migrations/dependencies.json | tr '\n' ' ')" \
    "services/billing/migrations/dependencies.json:1 services/orders/migrations/dependencies.json:1 services/stats/migrations/dependencies.json:1 services/users/migrations/dependencies.json:1 " \
    "in every service once"
run "$SKEIN" validate
is "$status" 0 "and what they left is valid"

# Killed while it writes: the next run takes back what there is, so that a release is in all services or in none.
shop
for name in 3.0.{1..20}; do
    "$SKEIN" release "$name" >/dev/null 2>&1 &
    sleep "0.00$((RANDOM % 10))"
    kill -KILL $! 2>/dev/null
    wait $! 2>/dev/null
done
run "$SKEIN" release 3.1.0
is "$status" 0 "after runs that were killed one goes well"
for service in billing orders stats users; do
    grep -o '"3\.[01]\.[0-9]*"' "services/$service/migrations/dependencies.json" >"$scratch/names.$service"
done
is "$(sort -u "$scratch"/names.* | wc -l) $(cat "$scratch"/names.* | wc -l)" \
    "$(wc -l <"$scratch/names.users") $((4 * $(wc -l <"$scratch/names.users")))" "and all services have the same releases"
is "$(find services -name '.skein-unfinished' -o -name '*.tmp')" "" "and nothing is left behind"
shop
file=$PWD/services/users/migrations/dependencies.json
old=$(cat "$file")
printf '{}\n' >"$file"
printf 'skein batch 1\n%d 3 %d -1\n%s{}\n%s\n\n' ${#file} $((${#old} + 1)) "$file" "$old" >services/billing/migrations/.skein-unfinished
run "$SKEIN" up --to-release 1.0.0 --yes
like "$status $stderr" "^2 .*skein-unfinished.*killed, or is not done yet.*release of the service takes it back" "half of a release is not gone to"
run "$SKEIN" release 3.0.0
like "$status $stderr" "^0 took back what an interrupted run had begun to write in services/billing/migrations: 1 file" \
    "half of a release is taken back by the next"
like "$(cat "$file")" '"1.10.0": "000004", "3.0.0": "000004"' "which stands on what was there before"

# --- make

shop
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile
run make -s db-release NAME=2.0.0 SKEIN="$SKEIN"
like "$status $stdout" "^0 .*users/migrations/dependencies.json: 2.0.0 ends with 000004, 0 new" "make db-release NAME="
SKEIN_NAME=3.0.0 run make -s db-release VERSION=2.1.0 SKEIN="$SKEIN"
like "$status $stdout" "^0 .*users/migrations/dependencies.json: 2.1.0 ends with 000004, 0 new" "make db-release VERSION="
run make -s db-release VERSION='$(touch made)$$(touch made)`touch made`"' SKEIN="$SKEIN"
like "$status $stderr" '2 .*\$\(touch made\)' "a bad one is a bad name"
not_ok "and nothing else" test -e made
run make -s db-release VERSION=2.3.0 NAME=2.2.0 SKEIN="$SKEIN"
like "$status $stdout" "^0 .*: 2.2.0 ends with" "NAME= goes before it"
run make -s db-release SKEIN="$SKEIN"
like "$status $stdout" "^0 RELEASE.*2.0.0 +users +000004_t4" "make db-release lists"
run make -s db-migrate-up TO_RELEASE=1.1.0 SKEIN="$SKEIN" YES=1
is "$status $(tables)" "0 billing.t1 orders.t1 users.t1 users.t2 users.t3" "make db-migrate-up TO_RELEASE="
run make -s db-rollback TO_RELEASE=1.0.0 NEWER_SERVICES=rollback SKEIN="$SKEIN" YES=1
is "$status $(tables)" "0 orders.t1 users.t1 users.t2" "make db-rollback TO_RELEASE= NEWER_SERVICES="

# --- files that are not there

shop
run "$SKEIN" up --yes --quiet
rm services/users/migrations/000004_*
declares users <<<'{"releases": {"1.0.0": "000002", "1.1.0": "000003"}}'
run "$SKEIN" rollback --to-release 1.1.0 --yes
like "$status $stderr" "^8 .*no migration found for version 4" "the files of an older release cannot take back what a newer one brought"
is "$(tables)" "$everything" "and nothing has happened"

# --- killed half-way

shop
sql "CREATE TABLE public.pause AS SELECT 600 AS seconds"
migration users 3 "DROP TABLE users.t3; SELECT pg_sleep((SELECT seconds FROM public.pause));"
run "$SKEIN" up --yes --quiet
"$SKEIN" rollback --to-release 1.0.0 --yes --quiet --newer-services leave >"$scratch/killed" 2>&1 &
killed=$!
for ((attempt = 0; attempt < 500; attempt++)); do
    [ -z "$(sql "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")" ] || break
    sleep 0.02
done
kill -KILL "$killed"
wait "$killed" 2>/dev/null
before=$(tables)
like "$before" "users.t3" "a run is killed in the middle of a migration, which is as it was"
unlike "$before" "users.t4" "those before it are rolled back"
sql "UPDATE public.pause SET seconds = 0; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'" >/dev/null
run "$SKEIN" rollback --to-release 1.0.0 --yes --newer-services leave
is "$status $(tables)" "0 billing.t1 billing.t2 orders.t1 stats.t1 users.t1 users.t2" "and the same command goes on from there"
cd "$root" || exit

done_testing
