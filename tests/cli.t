#!/usr/bin/env bash
# The command line: spellings, help, arguments that are wrong or hostile, JSON, colours, exit codes.
. "$(dirname "$0")/lib/tap.sh"
cd "$scratch" || exit

# A repository with two services; the second needs the first.
mkdir -p repo/services/{users,orders}/migrations repo/plain
cd repo || exit
for version in 000001 000002 000003; do
    echo "create table users.t$version (id int);" >"services/users/migrations/${version}_t.up.sql"
    echo "drop table t$version;" >"services/users/migrations/${version}_t.down.sql"
    echo "create table p$version (id int);" >"plain/${version}_p.up.sql"
    echo "drop table p$version;" >"plain/${version}_p.down.sql"
done
echo "create table orders.o (id int);" >services/orders/migrations/000001_orders.up.sql
echo "drop table o;" >services/orders/migrations/000001_orders.down.sql
echo '{"migrations": {"000001": {"cross_service_dependencies": {"users": ["000002"]}}}}' \
    >services/orders/migrations/dependencies.json

skein() { run "$SKEIN" "$@"; }
json() { python3 -c "import json,sys; lines=[json.loads(l) for l in sys.stdin]; $1"; }

# --- help and version, without a database

skein help
is "$status" 0 "help"
like "$stdout" "Usage: skein" "help goes to standard output"
is "$stderr" "" "help prints nothing else"
commands=$(awk '/^Options/ { exit } /^  [a-z]/ { print $1 }' <<<"$stdout")
for command in $commands; do
    skein help "$command"
    is "$status,$(awk 'length > 80' <<<"$stdout")" "0," "help $command fits 80 columns"
    by_name=$stdout
    skein "$command" --help
    is "$stdout" "$by_name" "$command --help is the same"
done
for topic in exit-codes environment options; do
    skein help "$topic"
    is "$status,$(awk 'length > 80' <<<"$stdout")" "0," "help $topic fits 80 columns"
done
skein help environment
for variable in SKEIN_SERVICE SKEIN_ENVIRONMENT SKEIN_NAME SKEIN_COUNT SKEIN_TO SKEIN_MIGRATION SKEIN_CONFIRM \
    SKEIN_FILE SKEIN_YES SKEIN_JSON SKEIN_VERBOSE SKEIN_DRY_RUN DATABASE_URL MIGRATION_ENVIRONMENT APP_ENV; do
    like "$stdout" "  $variable"[[:space:]] "help environment names $variable"
done
for spelling in --version -version; do
    skein $spelling
    like "$status $stdout" "^0 skein [0-9.]+.*libpq [0-9.]+.*libpg_query.*PostgreSQL [0-9]" "$spelling names the libraries"
done
skein version
like "$stdout" "^skein [0-9]" "version without a database is the program's"

# --- what is wrong

refused() # STATUS REGEX ARGUMENTS…
{
    local expected=$1 regex=$2
    shift 2
    skein "$@"
    is "$status" "$expected" "skein$(printf ' %q' "$@"): exit $expected"
    like "$stderr" "$regex" "skein$(printf ' %q' "$@"): says why"
}
refused 2 "no command is given"
refused 2 "unknown command upp.*did you mean up\?" upp
refused 2 "unknown option --servce.*did you mean --service\?" up --servce x
refused 2 "unknown option -databse" -databse x up
refused 2 "--service needs a value" up --service
refused 2 "--service is empty" up --service ""
refused 2 "--service is empty" up --service=
refused 2 "--service needs a value.*followed by --yes" up --service --yes
refused 2 "--cascade means nothing to skein status" status --cascade
refused 2 "takes one argument" up 1 2
refused 2 "takes no argument" status 1
refused 2 "'x' is none" up x
refused 2 "'-1' is none" up -1
refused 2 "'0x1' is none" up 0x1
refused 2 "' 1' is none" up " 1"
refused 2 "is none" up 99999999999999999999
refused 2 "out of range" goto 9223372036854775808 --service users
refused 2 "goto needs a version" goto
refused 2 "force needs a version" force
refused 2 "rollback needs a migration, a version or a release" rollback
refused 2 "resolve needs a migration" resolve
refused 2 "resolve needs --done or --redo" resolve 1
refused 2 "resolve needs --done or --redo" resolve 1 --done --redo
refused 2 "works on one service" force 1
refused 2 "N, --all, --to and --to-release" down 1 --all
refused 2 "both a number of migrations and --to" up 1 --to 2
refused 2 "users" up --service usres
refused 2 "../x" up --service ../x
refused 2 "true or false" up --json=perhaps
refused 2 "unknown command" help nothing
refused 2 "reads migrations from files only" -source github://a/b up
SKEIN_YES=perhaps refused 2 "SKEIN_YES is true or false" up
refused 2 "unknown option" $'--\033[31mred'
unlike "$stderr" $'\033' "an escape sequence in an argument is not printed raw"

skein --json upp
is "$(json 'print(lines[0]["format"], lines[0]["error"]["kind"], lines[0]["error"]["exit_code"])' <<<"$stdout")" \
    "1 usage 2" "an error as JSON"
is "$stderr" "" "and nothing on standard error"

"$SKEIN" help >/dev/full 2>"$scratch/full"
isnt "$?" 0 "a full disk behind standard output is an error"
like "$(cat "$scratch/full")" "cannot write to standard output" "and it is said"

# --- without a database: list, deps, validate, config, create

skein list
is "$status,$(grep -c 000 <<<"$stdout")" "0,4" "list shows four migrations"
skein list --service users --json
is "$(json 'print(len(lines), [m["version"] for m in lines[0]["migrations"]])' <<<"$stdout")" "1 [1, 2, 3]" "list --json"
skein deps --order
is "$stdout" $'users 000001_t\nusers 000002_t\norders 000001_orders\nusers 000003_t' "deps --order"
skein deps
like "$stdout" "users.*needs|orders" "deps draws a tree"
for form in --dot --mermaid; do
    skein deps $form
    like "$stdout" "users/000002_t" "deps $form"
done
refused 2 "forms of the same answer" deps --dot --order
skein validate
like "$status $stdout" "^0 2 services, 4 migrations: 0 errors" "validate finds nothing"
echo '{"migrations": {"000001": {"depends_on": ["000009"]}}}' >services/users/migrations/dependencies.json
skein validate
like "$status $stdout" "^1 .*dependencies.json:1:[0-9]+: error:.*000009" "validate names file, line and column"
skein validate --json
is "$status $(json 'print(len(lines), lines[0]["findings"][0]["severity"])' <<<"$stdout")" "1 1 error" "validate --json"
rm services/users/migrations/dependencies.json

DATABASE_URL='postgres://u:s3cret@h/d' skein config
unlike "$stdout" "s3cret" "config masks secrets"
like "$stdout" "DATABASE_URL" "config says where a value comes from"
DATABASE_URL='postgres://u:s3cret@h/d' skein config --json
unlike "$stdout" "s3cret" "config --json masks secrets"
PGHOST=/nowhere PGPASSWORD=s3cret skein config --json
like "$stdout" '"value":"/nowhere","origin":"[^"]*","source":"PGHOST"' "config shows what libpq takes from its own variables"
unlike "$stdout" "s3cret" "and masks the password there"
is "$(json 'print([s["source"] for s in lines[0]["settings"] if s["name"]=="environment"])' <<<"$(
    "$SKEIN" config --json --environment staging)")" "['--environment']" "an option is named as the source"

base() { sed "s|.*/||" <<<"$stdout" | paste -sd' '; }
skein create add_users --service users
is "$status $(base)" "0 000004_add_users.up.sql 000004_add_users.down.sql" "create goes on in sequence"
SKEIN_NAME=from_variable SKEIN_SERVICE=users skein create
is "$(base)" "000005_from_variable.up.sql 000005_from_variable.down.sql" "create takes the name from a variable"
mkdir -p marked
printf -- '-- +++++ UP\nselect 1;\n-- +++++ DOWN\n' >marked/001_first.sql
skein create --dir marked second
is "$status $(base)" "0 002_second.sql" "create goes on in the form of the directory: one file"
skein --migrations marked validate
like "$status $stdout" "^0 .*2 migrations: 0 errors, 0 warnings" "which is good as it is"
skein create -dir marked -seq third
is "$(base)" "003_third.up.sql 003_third.down.sql" "golang-migrate's options want golang-migrate's form"
skein create --dir marked fourth
is "$(base)" "004_fourth.up.sql 004_fourth.down.sql" "and a directory of both forms gets pairs"
skein create -ext sql -dir seq -seq -digits 3 one
is "$(base)" "001_one.up.sql 001_one.down.sql" "golang-migrate's create -seq -digits"
skein create -ext .sql -dir times -format unix two
like "$(base)" "^[0-9]{10}_two.up.sql" "golang-migrate's create -format unix"
skein -command=create -name=add_indexes -migrations=./plain
is "$(base)" "000004_add_indexes.up.sql 000004_add_indexes.down.sql" "source D's create"
for name in '; rm -rf' '$(shell touch x)' '../x' 'a/b' '.hidden' '-x' $'a\nb' $'a\033b' $'\xff' 'a.up.b' "$(printf 'x%.0s' {1..300})"; do
    refused 2 "cannot be the name" create --service users "--name=$name"
done
skein create --service nothing x
like "$status $stderr" "^2 .*users" "create in an unknown service names the known ones"
before=$(ls services/users/migrations | wc -l)
for i in {1..10}; do "$SKEIN" create --service users "racer$i" >/dev/null & done
wait
is "$(ls services/users/migrations | wc -l) $(ls services/users/migrations | cut -d_ -f1 | sort | uniq -c | awk '$1 != 2')" \
    "$((before + 20)) " "ten that create at once get ten numbers"
rm -f services/users/migrations/*racer* services/users/migrations/00000[45]* plain/*add_indexes*

# --- with a database

new_database
skein status
like "$status $stdout" "^0 .*pending.*users: 3 pending" "status of an empty database"
is "$(sql "select count(*) from pg_namespace where nspname in ('users', 'orders')")" 0 "status creates nothing"
skein status --exit-code
is "$status" 1 "status --exit-code: 1 while something is pending"
is "$stderr" "" "and no error text"
skein plan
like "$status $stdout" "^0 .*transaction.*hash: [0-9a-f]{64}" "plan"
hash=$(sed -n 's/^hash: //p' <<<"$stdout")
skein up --dry-run
is "$(sed -n 's/^hash: //p' <<<"$stdout")" "$hash" "up --dry-run shows the same plan"
is "$(sql "select count(*) from pg_namespace where nspname in ('users', 'orders')")" 0 "and changes nothing"
skein plan --json
is "$(json 'print(len(lines), len(lines[0]["steps"]), lines[0]["hash"])' <<<"$stdout")" "1 4 $hash" "plan --json"
SKEIN_DRY_RUN=1 skein up
is "$(sed -n 's/^hash: //p' <<<"$stdout")" "$hash" "SKEIN_DRY_RUN=1 is --dry-run"

skein up --service users --environment development
is "$status" 0 "source A's up"
is "$stdout" "" "progress is not on standard output"
like "$stderr" "000001_t.*000003_t" "a line per migration"
unlike "$stderr" $'[\r\033]' "no carriage return, no colour where there is no terminal"
skein up --service users
is "$status $stderr" "0 no change" "nothing to do is success"
skein up 2 --service users
like "$status $stderr" "^1 .*asked for 2, and no migration is pending" "up N with nothing left is not"
skein up 0
is "$status $stderr" "0 no change" "up 0"
skein up 5
like "$status $stderr" "^1 .*4 short" "up N with fewer applies them and exits with 1"
skein status --exit-code
is "$status" 0 "status --exit-code: 0 when all is applied"
skein history 2 --service users
is "$(grep -c users <<<"$stdout")" 2 "history N"
skein redo --service users --json
is "$(json 'print([l["event"] for l in lines][0], [l["event"] for l in lines][-1], set(l["format"] for l in lines))' <<<"$stdout")" \
    "run_started run_finished {1}" "redo --json: one event a line"
is "$stderr" "" "and no text"
skein rollback --migration 000002_t --service users
like "$status $stderr" "^5 .*orders|^5 .*000003" "rollback refuses what others need"
skein rollback --migration 000003_t --service users
is "$status" 0 "source A's rollback"
skein down
is "$status" 0 "down without N in a repository of services is one step"
skein status --json
is "$(json 'print(sum(s["counts"]["applied"] for s in lines[0]["services"]))' <<<"$stdout")" 2 "two are left"
is "$(json 'print({m["applied_at"] for s in lines[0]["services"] for m in s["migrations"] if m["state"] == "pending"})' \
    <<<"$stdout")" "{None}" "and what was rolled back has no time of being applied"

# the strategies
skein down --environment production
like "$status $stderr" "^6 .*production is conservative.*--yes" "production asks before a rollback"
skein up --environment production
like "$status $stderr" "^6 .*production is conservative" "production asks before an up"
skein up --environment production --yes
is "$status" 0 "--yes is consent"
skein down 1 --environment staging
like "$status $stderr" "^6 .*staging is careful" "staging asks before a rollback"
skein force 1 --environment staging --service orders
like "$status $stderr" "^6 .*staging is careful" "and before force"

# source E
skein --environment=development "--database-url=$DATABASE_URL"
is "$status $stderr" "0 no change" "no command and --environment is up"
skein --environment=staging --rollback-to-version=1 --service users --yes --cascade
is "$status" 0 "--rollback-to-version without a command is rollback"
skein --environment=development --aggressive
is "$status" 0 "--aggressive"
skein --environment=production --rollback-to-version=1 --service users --require-approval --cascade
is "$status" 6 "--require-approval asks"

# golang-migrate, with one directory
new_database
export -n DATABASE_URL
skein -path plain -database "$DATABASE_URL" -lock-timeout 15 -prefetch 10 -verbose up 2
is "$status" 0 "golang-migrate's up N"
skein -path plain -database "$DATABASE_URL" version
is "$status $stdout" "0 2" "golang-migrate's version"
skein -source file://plain -database "$DATABASE_URL" goto 3
is "$(sql "select version, dirty from schema_migrations")" "3|f" "golang-migrate's goto"
skein -path plain -database "$DATABASE_URL" force 2
is "$(sql "select version, dirty from schema_migrations")" "2|f" "force V"
skein -path plain -database "$DATABASE_URL" force -1
is "$status $(sql "select count(*) from schema_migrations")" "0 0" "force -1"
skein -path plain -database "$DATABASE_URL" force -- 3
is "$(sql "select version from schema_migrations")" 3 "force -- V"
skein -path plain -database "$DATABASE_URL" down
like "$status $stderr" "^6 .*everything.*--yes" "down without N needs consent"
skein -command=down -target=2 -migrations=./plain -database "$DATABASE_URL"
is "$(sql "select version from schema_migrations")" 2 "source D's down -target"
skein -path plain -database "$DATABASE_URL" down -all
is "$status $(sql "select count(*) from schema_migrations")" "0 0" "down -all"
skein -path plain -database "$DATABASE_URL" version
like "$status $stderr" "^1 .*no migration is applied" "version of an empty database"
skein -command=up -migrations=./plain -database "$DATABASE_URL"
is "$status" 0 "source D's up"
skein -command=status -migrations=./plain -database "$DATABASE_URL"
like "$status $stdout" "^0 .*3 applied" "source D's status"

# errors point at the file
printf 'create table q (id int);\n\tinsert into nope values (1);\n' >plain/000009_bad.up.sql
skein -path plain -database "$DATABASE_URL" up
like "$status $stderr" "^1 .*error: plain/000009_bad.up.sql:2:14: .*nope.*insert into nope.*\^" "file, line, column and a caret"

# a terminal, made by script(1)
if command -v script >/dev/null; then
    on_terminal() { script -qec "$*" /dev/null </dev/null; }
    rm plain/000009_bad.up.sql
    export SKEIN DATABASE_URL TERM=xterm
    like "$(on_terminal "$SKEIN -path plain -database '$DATABASE_URL' status")" $'\033\\[' "colours on a terminal"
    unlike "$(NO_COLOR=1 on_terminal "$SKEIN -path plain -database '$DATABASE_URL' status")" $'\033\\[[0-9;]*m' "NO_COLOR"
    answer() { local word=$1; shift; { sleep 0.5; echo "$word"; } | script -qec "$*; echo exit=\$?" /dev/null; }
    output=$(answer n "$SKEIN -path plain -database '$DATABASE_URL' down")
    like "$output" "down 000003_p.*Roll back 3 migrations\? \[y/N\].*not confirmed; nothing was changed.*exit=6" "no"
    output=$(answer y "$SKEIN -path plain -database '$DATABASE_URL' down")
    like "$output" "Roll back 3 migrations\? \[y/N\].*3 of 3 migrations done.*exit=0" "yes"
    unlike "$(TERM=dumb on_terminal "$SKEIN -path plain -database '$DATABASE_URL' status")" $'\033' "a dumb terminal"
else
    skip "colours" "no script(1)"
fi

done_testing
