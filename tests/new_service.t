#!/usr/bin/env bash
# skein service and make db-service: a new service that validates and migrates as it stands.
. "$(dirname "$0")/lib/tap.sh"

export NO_COLOR=1
mkdir "$scratch/shop" && cd "$scratch/shop" || exit
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile

run make db-service NAME=billing-service
is "$status" 0 "make db-service NAME=billing-service"
is "$stdout" "services/billing-service/README.md
services/billing-service/config.yaml
services/billing-service/migrations/000001_create_billings.down.sql
services/billing-service/migrations/000001_create_billings.up.sql
services/billing-service/migrations/dependencies.json
services/billing-service/migrations/docs/migration_000001.md
services/billing-service/migrations/environments.json
services/billing-service/seeds/development.sql" "says which files"
run "$SKEIN" service shipping-service --table parcels --json
like "$stdout" '"schema":"shipping_service","files":\[' "as JSON"
for environment in development staging production; do
    run "$SKEIN" validate --environment "$environment"
    is "$stdout" "2 services, 2 migrations: 0 errors, 0 warnings" "validate has nothing to say in $environment"
done
run make db-migration-generate SERVICE_NAME=shipping-service NAME=add_routes TYPE=table \
    COLUMNS='name:text:not-null,parcel_id:references=parcels'
is "$status" 0 "make db-migration-generate in it"
run "$SKEIN" validate
is "$stdout" "2 services, 3 migrations: 0 errors, 0 warnings" "and validate has nothing to say"

refused()
{
    local before
    before=$(find . -type f | sort)
    run "$SKEIN" service "${@:3}"
    is "$status" 2 "service ${*:3} ends with 2"
    is "$(sed -n 1p <<<"$stderr")" "error: $1" "it says why"
    [ -z "$2" ] || like "$stderr" "$2" "and what to do"
    is "$(find . -type f | sort)" "$before" "nothing is left behind"
}
refused "services/billing-service is there already" "" billing-service
refused "billing-service has the schema billing_service already" "" billing_service
refused "'Billing' cannot be the name of a service" "small letters, digits" Billing
refused "'../x' cannot be the name of a service" "" ../x
refused "'pg_stuff' cannot be the name of a service" "" pg_stuff
run "$SKEIN" service line-service --table '"Invoice Lines"'
like "$stdout" 'migrations/000001_create_Invoice_Lines\.up\.sql' "a table of any name has files with names"
like "$(cat services/line-service/migrations/000001_create_Invoice_Lines.up.sql)" 'CREATE TABLE line_service\."Invoice Lines"' "and its own in the SQL"
rm -r services/line-service
refused 'TABLE: "2x" is no name: letters, digits and '"'_'"' make one, a digit not at the beginning; any other stands in double quotes' "" a --table 2x
refused "service needs a name" "skein service billing-service"

mkdir -p templates/service/migrations
echo 'CREATE TABLE {{schema | identifier}}.{{table | identifier}} (mine int PRIMARY KEY);' \
    >templates/service/migrations/000001_create_TABLE.up.sql
run "$SKEIN" service tax
like "$(cat services/tax/migrations/000001_create_taxs.up.sql)" "mine int" "by the repository's own templates"
rm -r services/tax

if [ -z "$(server_programs)" ]; then
    skip "it migrates" "no PostgreSQL server programs; scripts/bootstrap test installs them"
else
    start_server
    new_database
    run "$SKEIN" up
    is "$status" 0 "it migrates"
    run "$SKEIN" seed
    is "$status" 0 "and seeds"
    run "$SKEIN" seed --force
    is "$(sql 'SELECT count(*) FROM billing_service.billings')" 1 "twice without duplicates"
    is "$(sql "INSERT INTO billing_service.billings (name) VALUES ('ours') RETURNING id" 2>&1)" 2 "and a program's first row is not in its way"
    run "$SKEIN" down 3
    is "$status" 0 "goes down"
    is "$(sql "SELECT count(*) FROM pg_tables WHERE tablename IN ('billings', 'parcels', 'routes')")" 0 "leaves nothing"
    run "$SKEIN" up
    is "$status" 0 "and up again"
fi

done_testing
