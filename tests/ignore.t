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

# --- what is only known when the chain is over
migration auth 1 '-- skein: ignore undeclared-dependency, foreign-schema it is made by hand
CREATE TABLE auth.keys (id bigint PRIMARY KEY, owner bigint REFERENCES shared.users);'
migration shared 2 'CREATE TABLE shared.users (id bigint PRIMARY KEY);'
run "$SKEIN" validate
unlike "$stdout" '\[undeclared-dependency\]' "what a later migration makes is excused by the name that the finding has in the end"
like "$stdout" 'nothing here breaks the rule foreign-schema' "a name that it does not have is unused"
unlike "$stdout" 'breaks the rule undeclared-dependency' "the other is not"
migration auth 1 '-- skein: ignore used-before-created it is made by hand
CREATE TABLE auth.keys (id bigint PRIMARY KEY, owner bigint REFERENCES shared.users);'
run "$SKEIN" validate
like "$stdout" '\[undeclared-dependency\]' "another name excuses nothing"
like "$stdout" 'nothing here breaks the rule used-before-created' "and is unused"
migration auth 1 '-- skein: ignore undeclared-dependency it is made by hand
CREATE TABLE auth.keys (id bigint PRIMARY KEY, owner bigint REFERENCES shared.users);'
migration shared 2 'SELECT 1;'
run "$SKEIN" validate
like "$stdout" 'breaks the rule undeclared-dependency' "a finding that waited in vain uses no comment"
like "$stdout" '\[foreign-schema\]' "it has become another"
migration auth 1 '-- squawk-ignore
CREATE TABLE auth.keys (id bigint PRIMARY KEY, owner bigint REFERENCES shared.users);'
run "$SKEIN" validate
is "$(tail -n 1 <<<"$stdout")" "2 services, 2 migrations: 0 errors, 0 warnings" "a comment for all rules silences it, too"
rm -r services

# --- inside DO blocks; the first is about set_config there, which is local to the block
check 5 "DO \$\$ BEGIN PERFORM set_config('lock_timeout', '1s', true); ALTER TABLE a.t ADD COLUMN c int; END \$\$;"
unlike "$stdout" 'missing-lock-timeout' "set_config in a DO block is in force there"
check 6 "DO \$\$ BEGIN PERFORM set_config('lock_timeout', '1s', true); END \$\$; ALTER TABLE a.t ADD COLUMN c int;"
like "$stdout" 'missing-lock-timeout' "and not behind it"
check 7 'DO $$ BEGIN
-- skein: ignore drop-table nobody reads it
DROP TABLE a.t; END $$;'
unlike "$stdout" '\[drop-table\]' "a comment in a DO block is one"
check 8 'DO $$ BEGIN
-- skein: ignore drop-table nobody reads it
CREATE TABLE a.t (id int); END $$;'
like "$stdout" 'one.sql:2:1: .*unused-ignore' "and is held to account"

done_testing
