#!/usr/bin/env bash
# Seed files of services that need each other both ways: each file after those whose rows its foreign keys refer to.
. "$(dirname "$0")/lib/tap.sh"

# order [OPTION…]: the files as they ran, without what all of them have in common
order()
{
    run "$SKEIN" seed --json --force "$@"
    [ "$status" -eq 0 ] || diag "$stderr"
    grep -o '"file":"[^"]*"' <<<"$stdout" | sed 's/"file":"services\///; s/seeds\/development\///; s/"$//' | tr '\n' ' ' | sed 's/ $//'
}

# seed SERVICE/FILE <SQL
seed()
{
    local file=services/${1%%/*}/seeds/development/${1#*/}
    mkdir -p "${file%/*}"
    cat >"$file"
}

# Rows of the one refer to rows of the other, both ways: a user has a plan, and an account has a user.
mkdir -p "$scratch/shop"/services/{billing,other,users}/migrations && cd "$scratch/shop" || exit 1
cat >services/users/migrations/000001_users.up.sql <<'END_'
CREATE TABLE users (id int PRIMARY KEY, boss_id int REFERENCES users);
CREATE TABLE visits (day date PRIMARY KEY) PARTITION BY RANGE (day);
CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
END_
cat >services/users/migrations/000002_subscriptions.up.sql <<'END_'
CREATE TABLE subscriptions (user_id int REFERENCES users, plan text NOT NULL REFERENCES billing.plans);
END_
cat >services/billing/migrations/000001_plans.up.sql <<'END_'
CREATE TABLE plans (name text PRIMARY KEY);
CREATE TABLE accounts (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users.users);
CREATE FUNCTION add_account(account int, of_user int) RETURNS void LANGUAGE sql AS
    'INSERT INTO billing.accounts VALUES (account, of_user) ON CONFLICT DO NOTHING';
END_
echo 'CREATE TABLE others (id int PRIMARY KEY);' >services/other/migrations/000001_others.up.sql
echo '{"migrations": {"000002": {"cross_service_dependencies": {"billing": ["000001"]}}}}' >services/users/migrations/dependencies.json
echo '{"migrations": {"000001": {"cross_service_dependencies": {"users": ["000001"]}}}}' >services/billing/migrations/dependencies.json
new_database
run "$SKEIN" up
is "$status" 0 "services that need each other both ways" || diag "$stderr"

# The way in which no order of services is right.
seed billing/010_plans.sql <<<"INSERT INTO plans VALUES ('free') ON CONFLICT DO NOTHING;"
seed billing/020_accounts.sql <<<'INSERT INTO accounts VALUES (1, 1) ON CONFLICT DO NOTHING;'
seed users/010_users.sql <<<'INSERT INTO users VALUES (1, 1) ON CONFLICT DO NOTHING;'
seed users/020_subscriptions.sql <<<"DELETE FROM subscriptions; INSERT INTO subscriptions VALUES (1, 'free');"
seed other/others.sql <<<'SELECT 1;'
is "$(order)" "other/others.sql users/010_users.sql billing/010_plans.sql users/020_subscriptions.sql billing/020_accounts.sql" \
    "each file after those whose rows it refers to"
is "$(sql 'SELECT count(*) FROM users.subscriptions, billing.accounts')" 1 "and so all of them run at once"
run "$SKEIN" seed --force
is "$(sed -n 's/:.*//; s/.*\///p' <<<"$stdout" | tr '\n' ' ')" \
    "others.sql 010_users.sql 010_plans.sql 020_subscriptions.sql 020_accounts.sql " "as they are told"
is "$(order --service users)" "users/010_users.sql users/020_subscriptions.sql" "one service: by name"

# A service's own order counts more than what its files refer to.
mv services/users/seeds/development/0{2,0}0_subscriptions.sql
is "$(order)" "other/others.sql billing/010_plans.sql users/000_subscriptions.sql users/010_users.sql billing/020_accounts.sql" \
    "those of a service stay in their order, and what goes before them is as little as can be"
mv services/users/seeds/development/0{0,2}0_subscriptions.sql
cat >services/users/migrations/environments.json <<'END_'
{"environments": {"development": {"seed_files": ["services/users/seeds/development/020_subscriptions.sql",
    "services/users/seeds/development/010_users.sql"]}}}
END_
is "$(order)" "other/others.sql billing/010_plans.sql users/020_subscriptions.sql users/010_users.sql billing/020_accounts.sql" \
    "a list is as it is written"
rm services/users/migrations/environments.json

# --- how rows get into a table

# goes_before TEXT NAME: of billing, it is before the subscriptions of users, which it is not by itself
goes_before()
{
    seed billing/010_plans.sql <<<"$1"
    like "$(order)" 'billing/010_plans.sql users/020_subscriptions.sql' "$2"
}
seed billing/010_plans.sql <<<'SELECT 1;'
like "$(order)" 'users/020_subscriptions.sql billing/010_plans.sql' "what fills nothing goes when its service does"
insert="INSERT INTO billing.plans VALUES ('free') ON CONFLICT DO NOTHING"
goes_before "$insert;" "a qualified name"
goes_before "BEGIN; DO \$\$ BEGIN $insert; END \$\$; COMMIT;" "DO"
goes_before "SET LOCAL search_path = billing; INSERT INTO plans VALUES ('free') ON CONFLICT DO NOTHING;" "search_path"
goes_before "WITH new AS ($insert RETURNING name) SELECT count(*) FROM new;" "WITH"
goes_before "CREATE OR REPLACE FUNCTION billing.fill() RETURNS void LANGUAGE sql AS '${insert//\'/\'\'}'; SELECT billing.fill();" \
    "a function that the file calls"
goes_before "CREATE TEMP TABLE new ON COMMIT DROP AS SELECT 'free' AS name; INSERT INTO plans SELECT name FROM new ON CONFLICT DO NOTHING;" \
    "a temporary table besides"
seed billing/010_plans.sql <<<"CREATE TEMP TABLE plans (name text) ON COMMIT DROP; INSERT INTO plans VALUES ('free');"
like "$(order)" 'users/020_subscriptions.sql billing/010_plans.sql' "a temporary table is another one"
seed billing/010_plans.sql <<<"CREATE OR REPLACE FUNCTION billing.fill() RETURNS void LANGUAGE sql AS '${insert//\'/\'\'}';"
like "$(order)" 'users/020_subscriptions.sql billing/010_plans.sql' "a function that nobody calls fills nothing"
seed billing/020_accounts.sql <<<'SELECT billing.add_account(1, 1);'
seed users/010_users.sql <<<'SELECT 1;'
seed users/030_users.sql <<<'INSERT INTO users VALUES (1, 1) ON CONFLICT DO NOTHING;'
is "$(order)" "other/others.sql users/010_users.sql users/020_subscriptions.sql users/030_users.sql billing/010_plans.sql billing/020_accounts.sql" \
    "a function of the migrations"

# --- what cannot be ordered

seed billing/010_plans.sql <<<"$insert;"
seed billing/005_not.sql <<<"INSERT INTO plans VALUES ('free') ON CONFLICT DO NOTHING; SELEC;"
run "$SKEIN" seed --force
like "$stderr" 'billing/seeds/development/005_not.sql:1:' "a file that is no SQL fails where it is"
is "$(sed -n 's/:.*//; s/.*\///p' <<<"$stdout" | tr '\n' ' ')" "others.sql 010_users.sql " "it goes before those behind it"
rm services/billing/seeds/development/005_not.sql
rm services/users/seeds/development/030_users.sql

seed users/010_users.sql <<<"INSERT INTO users VALUES (1, 1) ON CONFLICT DO NOTHING; INSERT INTO subscriptions VALUES (1, 'free');"
seed billing/010_plans.sql <<<"$insert; INSERT INTO users.users VALUES (2, 2) ON CONFLICT DO NOTHING;"
is "$(order)" "other/others.sql billing/010_plans.sql users/010_users.sql users/020_subscriptions.sql billing/020_accounts.sql" \
    "rows that refer to others of their own table make no circle"

# Each needs the other one: an account has a user, and a subscription a plan.
seed users/010_users.sql <<<"INSERT INTO users VALUES (1, 1) ON CONFLICT DO NOTHING; INSERT INTO subscriptions VALUES (1, 'free');"
seed billing/010_plans.sql <<<"INSERT INTO plans VALUES ('free') ON CONFLICT DO NOTHING; INSERT INTO accounts VALUES (1, 1) ON CONFLICT DO NOTHING;"
is "$(order)" "other/others.sql users/010_users.sql billing/010_plans.sql users/020_subscriptions.sql billing/020_accounts.sql" \
    "a circle is broken where the order of the services begins"
sql 'TRUNCATE users.users, users.subscriptions, billing.plans, billing.accounts' >/dev/null
run "$SKEIN" seed --force
is "$status" 1 "and the server says what is wrong with it"
like "$stderr" 'users/seeds/development/010_users.sql:1:.*violates foreign key constraint' "at its place"

# What is behind a circle does not break it, be it the first by itself.
mkdir -p services/audit/migrations
echo 'CREATE TABLE entries (user_id int, day date);' >services/audit/migrations/000001_entries.up.sql
cat >services/users/migrations/000003_entries.up.sql <<'END_'
ALTER TABLE audit.entries ADD FOREIGN KEY (user_id) REFERENCES users, ADD FOREIGN KEY (day) REFERENCES visits;
END_
sed -i 's/}}}}$/}}, "000003": {"cross_service_dependencies": {"audit": ["000001"]}}}}/' services/users/migrations/dependencies.json
run "$SKEIN" up
is "$status" 0 "another service" || diag "$stderr"
sql "INSERT INTO users.users VALUES (1, 1); INSERT INTO billing.plans VALUES ('free')" >/dev/null
seed audit/entries.sql <<<'SELECT 1;'
is "$(order)" "audit/entries.sql other/others.sql users/010_users.sql billing/010_plans.sql users/020_subscriptions.sql billing/020_accounts.sql" \
    "which begins"
seed audit/entries.sql <<<'INSERT INTO entries (user_id) VALUES (1);'
is "$(order)" "other/others.sql users/010_users.sql audit/entries.sql billing/010_plans.sql users/020_subscriptions.sql billing/020_accounts.sql" \
    "it goes behind what it refers to"
seed audit/entries.sql <<<"INSERT INTO entries (day) VALUES ('2026-02-03');"
seed users/030_visits.sql <<<"INSERT INTO visits_2026 VALUES ('2026-02-03') ON CONFLICT DO NOTHING;"
like "$(order)" 'users/030_visits.sql audit/entries.sql' "and the rows of a partition are those of its table"

done_testing
