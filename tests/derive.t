#!/usr/bin/env bash
# What follows from the whole chain of migrations: dependencies, schemas, declarations, risk; and that the line which a
# finding tells to write into dependencies.json settles it.
. "$(dirname "$0")/lib/tap.sh"
cd "$scratch" || exit

# migration SERVICE VERSION SQL
migration()
{
    mkdir -p "services/$1/migrations"
    printf '%s\n' "$3" >"services/$1/migrations/$2_x.up.sql"
    echo 'SELECT 1;' >"services/$1/migrations/$2_x.down.sql"
}

migration user-service 1 'CREATE TABLE user_service.users (id bigint PRIMARY KEY);'
migration user-service 9 'CREATE TABLE user_service.teams (id bigint PRIMARY KEY);'
migration auth-service 2 'CREATE TABLE auth_service.keys (owner bigint PRIMARY KEY REFERENCES user_service.users);'
run "$SKEIN" validate
is "$status" 1 "an undeclared dependency is an error"
like "$stdout" 'auth-service/migrations/2_x.up.sql:1:[0-9]+: error: user_service.users is made by user-service 1, on which auth-service 2 does not depend \[undeclared-dependency\]' "at its place"
like "$stdout" 'add to "migrations" in services/auth-service/migrations/dependencies.json:' "with the file to write"
entry=$(grep -o '"2": {.*' <<<"$stdout")
printf '{ "migrations": { %s } }\n' "$entry" >services/auth-service/migrations/dependencies.json
run "$SKEIN" validate
is "$status:$(tail -n 1 <<<"$stdout")" "0:2 services, 3 migrations: 0 errors, 0 warnings" "the entry as it was told settles it"

migration auth-service 3 'CREATE TABLE auth_service.seats (team bigint PRIMARY KEY REFERENCES user_service.teams);'
run "$SKEIN" validate
like "$stdout" 'user_service.teams is only made by user-service 9, which runs later: auth-service 3 does not depend on it \[undeclared-dependency\]' "what comes later"
printf '{ "migrations": { %s, %s } }\n' "$entry" "$(grep -o '"3": {.*' <<<"$stdout")" >services/auth-service/migrations/dependencies.json
run "$SKEIN" validate
is "$status" 0 "is declared in the same way"
run "$SKEIN" deps --order
like "$stdout" 'user-service +9_x(.|\n)*auth-service +3_x' "and then comes before"

# --- order, schemas
migration mail 1 'INSERT INTO mail.outbox VALUES (1);'
migration mail 2 'CREATE TABLE mail.outbox (id bigint PRIMARY KEY);'
run "$SKEIN" validate --service mail
like "$stdout" 'mail/migrations/1_x.up.sql:1:13: error: mail.outbox is only made by mail 2, which needs this migration' "used before it is made"
migration mail 1 'SELECT 1;'
migration mail 3 'DROP TABLE mail.outbox;'
migration mail 4 'INSERT INTO mail.outbox VALUES (1);'
run "$SKEIN" validate --service mail
like "$stdout" 'mail.outbox is not there any more: it was dropped or renamed by mail 3 \[used-after-dropped\]' "used after it is dropped"
migration mail 4 'CREATE TABLE auth_service.mails (id bigint PRIMARY KEY);'
run "$SKEIN" validate --service mail
like "$stdout" '4_x.up.sql:1:14: error: auth_service.mails is in the schema of auth-service, on which mail 4 does not depend \[foreign-schema\]' "another service's schema"
migration mail 4 'CREATE TABLE mails (id bigint PRIMARY KEY);'
run "$SKEIN" validate --service mail
like "$stdout" '4_x.up.sql:1:14: note: mails does not say in which schema it is made \[unqualified-name\]' "a name without schema"
like "$stdout" 'write mail.mails' "and what it would be"
printf -- '- id: unqualified-name\n  default: off\n' >skein-rules.yaml
run "$SKEIN" validate --service mail
unlike "$stdout" 'unqualified-name' "is switched off like any rule"
rm skein-rules.yaml
rm -r services/mail

# --- declarations and risk
migration shop 1 'CREATE TABLE shop.orders (id bigint PRIMARY KEY, total integer);'
migration shop 2 'ALTER TABLE shop.orders ALTER COLUMN total TYPE bigint; -- skein: ignore change-column-type it is small'
migration shop 3 'DROP TABLE shop.orders; -- skein: ignore drop-table nobody needs it'
cat >services/shop/migrations/dependencies.json <<'JSON'
{ "migrations": {
    "2": { "depends_on": ["1"], "risk_level": "low", "affects_tables": ["shop.order"] },
    "3": { "depends_on": ["2"], "risk_level": "critical",
           "rollback_safe": true }
} }
JSON
run "$SKEIN" validate --service shop
like "$stdout" 'dependencies.json:2:47: warning: shop 2 is declared low and is high: it changes the type of shop.orders.total \(line 1\), rewrites shop.orders' "a risk that is understated, at its place"
like "$stdout" 'dependencies.json:4:29: warning: shop 3 is declared safe to roll back, but drops the table shop.orders' "a rollback that is not safe"
like "$stdout" 'affects_tables names shop.order, which shop 2 does not mention \[affects-tables\]' "a table that is misspelt"
like "$stdout" 'did you mean "shop.orders"' "with the nearest"
unlike "$stdout" 'affects_tables does not name' "and not as another as well"
unlike "$stdout" 'high risk:' "risks are not listed"
run "$SKEIN" validate --service shop --verbose
like "$stdout" 'shop 2_x: high risk: rewrites shop.orders while nobody can read it \(line 1\)' "unless with --verbose"
unlike "$stdout" 'shop 1_x: ' "those above low"
run "$SKEIN" validate --service shop --json
like "$stdout" '"id":"1_x","name":"x","file":"services/shop/migrations/1_x.up.sql","declared_risk":null,"risk":"low","risk_reasons":\[\]' "JSON has the risk of each migration"
like "$stdout" '"id":"3_x"[^}]*"risk":"critical","risk_reasons":\[\{"risk":"critical","text":"drops the table shop.orders","line":1\}' "with reasons"
unlike "$stdout" '"service":"auth-service"' "of the service that was asked about"

# --- a plan knows the sizes from the database
if [ -n "$(server_programs)" ]; then
    rm -r services
    migration shop 1 'CREATE TABLE shop.big AS SELECT i AS id FROM generate_series(1, 300000) i; ANALYZE shop.big;
CREATE TABLE shop.few (id integer);'
    migration shop 2 'CREATE INDEX big_id ON shop.big (id); CREATE INDEX few_id ON shop.few (id);'
    export SKEIN
    # shellcheck disable=SC2016 # SKEIN is expanded by the inner shell
    run "$SKEIN" dev run -- bash -c '"$SKEIN" plan --verbose && "$SKEIN" up 1 --quiet && "$SKEIN" plan --verbose'
    like "$stdout" '1 +up +shop 1_x +transaction +low +pending' "a plan has the risk of each step"
    like "$stdout" 'index of shop.few while nobody can write it' "a table of unknown size"
    is "$(grep -c 'index of shop.few' <<<"$stdout")" 1 "is no risk when it is known to be small"
    like "$stdout" 'index of shop.big \([0-9.]+ MiB\) while' "a size is told"
else
    skip "the risk of a plan" "no PostgreSQL server programs"
fi

done_testing
