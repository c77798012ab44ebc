#!/usr/bin/env bash
# The example services, by psql alone: every migration goes up, down and up again in every environment, down
# leaves nothing behind, and seeds may run twice.
. "$(dirname "$0")/lib/tap.sh"
cd "$root/services" || exit

user=user-service/migrations auth=auth-service/migrations notification=notification-service/migrations

# The order that the dependencies allow, as a person reads them.
order()
{
    echo "$user/000001_create_users"
    echo "$auth/$1/000001_create_credentials"
    echo "$notification/001_create_templates.sql"
    echo "$user/000002_add_user_profiles"
    echo "$auth/$1/000002_create_sessions"
    echo "$notification/002_create_notifications.sql"
    [ "$1" != development ] || echo "$user/development/000003_dev_test_data"
    echo "$auth/$1/000003_create_sign_ins"
    echo "$notification/003_create_subscriptions.sql"
    echo "$user/000004_index_users_by_age"
    echo "$auth/$1/000004_add_session_device"
    echo "$notification/004_warn_of_sign_ins.sql"
    echo "$user/000005_create_online_users"
}

# Prints the SQL of a migration's half, of a pair or of one file for both.
half()
{
    case $1 in
    *.sql) awk -v want="-- +++++ ${2^^}" '/^-- \+\+\+\+\+/ { on = $0 == want; next } on' "$1" ;;
    *) cat "$1.$2.sql" ;;
    esac
}

apply()
{
    local migration
    while read -r migration; do
        half "$migration" "$1" | psql -X -q -v ON_ERROR_STOP=1 "$DATABASE_URL" 2>&1 || { echo "in $migration"; return 1; }
    done
}

schema()
{
    pg_dump -s "$DATABASE_URL" | grep -v '^\\\(un\)\?restrict'
}

rows()
{
    sql "SELECT format('%s.%s', schemaname, relname),
                xpath('//c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I.%I', schemaname, relname),
                                                 false, true, ''))
         FROM pg_stat_user_tables ORDER BY 1"
}

seeds()
{
    local seed
    for seed in $(awk -v environment="\"$1\"" '
            $1 == environment ":" { on = 1 } on && /}/ { on = 0 }
            on { while (match($0, /services\/[^"]*\.sql/)) {
                     print substr($0, RSTART, RLENGTH); $0 = substr($0, RSTART + RLENGTH) } }' \
            "$user/environments.json" "$auth/environments.json" "$notification/environments.json"); do
        psql -X -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f "../$seed" 2>&1 || { echo "in $seed"; return 1; }
    done
}

for environment in development staging production; do
    new_database
    sql "CREATE SCHEMA user_service; CREATE SCHEMA auth_service; CREATE SCHEMA notification_service"
    empty=$(schema)
    order "$environment" >"$scratch/order"
    is "$(order "$environment" | grep -c "$auth/")" "$(ls "$auth/$environment"/*.up.sql | wc -l)" \
        "$environment: auth-service is complete"
    ok "$environment: up" apply up <"$scratch/order"
    full=$(schema)
    ok "$environment: down" apply down < <(tac "$scratch/order")
    is "$(schema)" "$empty" "$environment: down leaves nothing behind"
    ok "$environment: up again" apply up <"$scratch/order"
    is "$(schema)" "$full" "$environment: the same as before"
    ok "$environment: seeds" seeds "$environment"
    once=$(rows)
    ok "$environment: seeds again" seeds "$environment"
    is "$(rows)" "$once" "$environment: the second seeding adds nothing"
done
is "$(ls user-service/migrations/0*.up.sql | wc -l)" 4 "user-service: four base migrations"
like "$once" 'templates,?.*3' "production has its notification templates"

for json in */migrations/*.json; do
    ok "$json is JSON" perl -MJSON::PP -e 'local $/; decode_json(<>)' "$json"
done

# psql only: what notification-service's function does.
sql "INSERT INTO user_service.users (email) VALUES ('a@example.com');
     INSERT INTO auth_service.sign_ins (user_id, succeeded)
     SELECT id, false FROM user_service.users, generate_series(1, 3)"
is "$(sql 'SELECT notification_service.warn_of_sign_ins()')" 1 "three failures warn"
is "$(sql 'SELECT notification_service.warn_of_sign_ins()')" 0 "and warn once"

done_testing
