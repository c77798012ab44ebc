#!/usr/bin/env bash
# Comments that silence a finding, and what is said of those that silence nothing.
. "$(dirname "$0")/lib/tap.sh"
cd "$scratch" || exit

# --- single files: what only the whole chain tells is not said to be unused
check() { printf '%s\n' "$2" >one.sql; run "$SKEIN" --in-transaction no validate one.sql; }
check 1 '-- skein: ignore undeclared-dependency it is made by hand
CREATE TABLE a.t (u int REFERENCES shared.users);'
unlike "$stdout" 'unused-ignore' "a file alone does not know of dependencies"
check 2 '-- skein: ignore change-column-type the table is small
ALTER TABLE a.t ALTER COLUMN c TYPE varchar(20);'
unlike "$stdout" 'unused-ignore' "nor of what was there before"
check 3 'CREATE TABLE a.t (id int); -- skein: ignore drop-table nobody reads it'
like "$stdout" 'unused-ignore' "what cannot break the rule anywhere is said to be unused"
check 4 'SELECT 1; -- skein: ignore dorp-table nobody reads it'
like "$stdout" 'did you mean drop-table' "an unknown rule, too"

# migration SERVICE VERSION SQL
migration()
{
    mkdir -p "services/$1/migrations"
    printf '%s\n' "$3" >"services/$1/migrations/$2_x.up.sql"
    echo 'SELECT 1;' >"services/$1/migrations/$2_x.down.sql"
}

# --- a service that cannot be read makes no excuse unused
migration shared 1 'CREATE TABLE shared.users (id bigint PRIMARY KEY);'
migration web 2 '-- skein: ignore undeclared-dependency both are deployed together
CREATE TABLE web.keys (id bigint PRIMARY KEY, owner bigint REFERENCES shared.users);'
run "$SKEIN" validate
is "$(tail -n 1 <<<"$stdout")" "2 services, 2 migrations: 0 errors, 0 warnings" "a dependency that is excused"
mv services/shared/migrations shared
ln -s migrations services/shared/migrations
run "$SKEIN" validate
like "$stdout" 'unreadable-directory' "a service cannot be read"
unlike "$stdout" 'unused-ignore' "and what was excused for its sake stays so"
rm services/shared/migrations
mv shared services/shared/migrations
rm -r services

done_testing
