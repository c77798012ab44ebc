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
run "$SKEIN" up --to-release 1.0.0 --yes
like "$status $stderr" "^5 .*release 1.0.0 is not complete: orders 000003 needs users 000004" "a release that needs more than it has"
is "$(tables)" "" "and nothing has happened"

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
