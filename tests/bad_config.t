#!/usr/bin/env bash
# Configuration, environments and dependencies that are wrong: one clear error at its place, the right exit code,
# and nothing touched.
. "$(dirname "$0")/lib/tap.sh"
. "$root/tests/lib/bad.sh"

# --- broken JSON and YAML

while IFS='|' read -r name text regex; do
    for file in environments dependencies; do
        repository
        printf "$text" >"$users/$file.json"
        refused "$file.json: $name" 2 "$file.json:$regex" up
    done
done <<'END'
a comma too many|{"migrations": {\n  "1": [,]}}|2:9: expected an item .*found ','
the end too early|{"migrations": {\n|[12]:[0-9]+: expected .*found the end of the file
nothing at all||1:1: expected a value .*found the end of the file
single quotes|{'migrations': {}}|1:2: expected .*found '''
a comment|// x\n{}|1:1: expected .*found '/'
something behind it|{} x|1:4: expected .*found 'x'
a BOM|\xef\xbb\xbf{}|1:1: .*byte order mark
a NUL byte|{\0}|1:2: .*NUL
invalid UTF-8|{"a": "\xff"}|1:8: .*UTF-8
a list|[]|.*expected an object
END

while IFS='|' read -r name text regex; do
    repository
    printf "$text" >skein.yaml
    refused "skein.yaml: $name" 2 "skein.yaml:$regex" up
done <<'END'
a tab|migrations:\n  database:\n\turl: x\n|3:1: .*hint: indent with spaces
an open map|migrations: {a: 1\n|[12]:[0-9]+: expected
a timeout that is none|migrations:\n  options:\n    timeout: abc\n|3:14: timeout: "abc" is not a duration; expected one such as
a variable without a value|migrations:\n  options:\n    timeout: ${NOT_SET}\n|3:14: .*NOT_SET is not set.*hint: set it, or write
an open variable|migrations:\n  options:\n    timeout: ${NOT_SET\n|3:14: .*hint:
a BOM in the middle|a: \xef\xbb\xbf\x00|1:
END

for depth in 100000; do
    repository
    head -c "$depth" /dev/zero | tr '\0' '[' >"$users/environments.json"
    cp "$users/environments.json" skein.yaml
    refused "$depth brackets" 2 ":1:[0-9]+: " up
    rm skein.yaml
    refused "$depth brackets of JSON" 2 "environments.json:1:[0-9]+: " up
done

repository
{ echo 'a: &a [x,x,x,x,x,x,x,x,x]'; for n in {b..i}; do p=$(printf "\\x$(printf %x $(($(printf %d "'$n") - 1)))"); echo "$n: &$n [*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p]"; done; } >skein.yaml
run timeout 20 "$SKEIN" up
ok "aliases that multiply end soon" test "$status" -le 2

# --- keys

repository
printf '{"environments": {"development": {"migratons": [], "config": {"require_aproval": true}}}}' >"$users/environments.json"
printf '{"migrations": {"000001": {"depnds_on": []}}}' >"$users/dependencies.json"
printf 'migrations:\n  databse:\n    host: x\n' >skein.yaml
skein status
like "$stderr" 'environments.json:1:35: unknown key "migratons" in environment development \(did you mean migrations' "environments.json: an unknown key"
like "$stderr" 'environments.json:1:63: unknown key "require_aproval" in config \(did you mean require_approval' "environments.json: an unknown key in config"
like "$stderr" 'dependencies.json:1:28: unknown key "depnds_on" in the entry of 000001 \(did you mean depends_on' "dependencies.json: an unknown key"
like "$stderr" 'skein.yaml:2:3: unknown key "databse" in migrations \(did you mean "?database' "skein.yaml: an unknown key"

# --- dependencies

depends() { printf '{"migrations": {"000001": {%s}}}' "$2" >"services/$1/migrations/dependencies.json"; }

repository
depends users '"cross_service_dependencies": {"orders": ["000001"]}'
depends orders '"cross_service_dependencies": {"users": ["000001"]}'
for command in up "up --service users" status deps plan; do
    # shellcheck disable=SC2086
    refused "a cycle: $command" 5 "dependencies.json:1:[0-9]+: dependency cycle: orders 000001 → users 000001 → orders 000001.*hint: remove" $command
done
repository
depends users '"depends_on": ["000001"]'
refused "a migration that needs itself" 5 "dependencies.json:1:43: 000001 depends on itself.*hint:" up
repository
depends users '"depends_on": ["000007"]'
refused "a dependency on nothing" 5 "dependencies.json:1:43: 000001 depends on 000007, which does not exist.*hint: users has 000001" up
repository
depends users '"cross_service_dependencies": {"order": ["000001"]}'
refused "a dependency on no service" 5 'dependencies.json:1:[0-9]+: 000001 depends on service "order", which does not exist.*hint: known services are orders and users; did you mean orders' up
repository
depends users '"depends_on": ["-1"]'
refused "a dependency on no version" 2 'dependencies.json:1:43: ' up
repository
depends users '"depends_on": "000001"'
refused "a text where a list belongs" 2 'dependencies.json:1:42: .*list' up

# --- services and environments

repository
refused "a service that does not exist" 2 'there is no service "usres".*hint: did you mean users\?.*orders and users' up --service usres
refused "a service's name that is a path" 2 'there is no service "../x".*hint: known services: orders and users' up --service ../x
refused "an environment's name that is a path" 2 '"../x" is no name of an environment; expected' up --environment ../x
for command in status list plan validate deps history "down 1" "goto 1" "force 1" redo seed "create x"; do
    # shellcheck disable=SC2086
    refused "$command: a service that does not exist" 2 'there is no service "usres".*hint: did you mean users' $command --service usres
done
printf '{"environments": {"development": {}, "staging": {}}}' >"$users/environments.json"
refused "an environment that does not exist" 2 'environments.json: there is no environment "stagin".*hint: it has development and staging; did you mean staging' up --environment stagin
refused "another one" 2 'no environment "production".*hint: it has development and staging$' up --environment production
repository
printf '{"environments": {"development": {"migrations": ["../../../x.up.sql"]}}}' >"$users/environments.json"
refused "a listed file outside" 2 'environments.json:1:[0-9]+: "../../../x.up.sql" lies outside .*hint: ' up
repository
printf '{"environments": {"development": {"migrations": ["000009_no.up.sql"]}}}' >"$users/environments.json"
refused "a listed file that is not there" 2 'environments.json:1:[0-9]+: .*no file "000009_no.up.sql".*hint: ' up
for file in environments.json dependencies.json ../config.yaml; do
    repository
    mkdir "$users/$file"
    refused "$file is a directory" 2 "${file##*/} is a directory" up
    rmdir "$users/$file"
    ln -s "${file##*/}" "$users/$file"
    refused "$file is a symlink loop" 2 "${file##*/}.*(symbolic|circle|not a file)" up
done

# --- where things are

repository
refused "a configuration that is not there" 2 'nope.yaml.*No such file' up --config nope.yaml
refused "a services path that is not there" 2 'no directory nope.*hint: ' up --services-path nope
refused "a services path that is a file" 2 '000001_a.up.sql is a file; a directory.*hint: ' up --services-path "$users/000001_a.up.sql"
refused "migrations that are not there" 2 'nope' up --migrations nope
refused "migrations that are a file" 2 '000001_a.up.sql' up --migrations "$users/000001_a.up.sql"
repository
rm -r services
echo x >services
refused "services is a file" 2 'services is a file; a directory of services was expected.*hint: create' up

# --- variables

repository
for one in SKEIN_COUNT=-1 SKEIN_COUNT=x SKEIN_COUNT=99999999999999999999; do
    as="env $one" refused "$one" 2 "SKEIN_COUNT" up
done
for one in MIGRATION_TIMEOUT=abc SKEIN_WAIT=-5 SKEIN_MAX_RETRIES=many SKEIN_MAX_FILE_SIZE=big SKEIN_RETRY_DELAY=1e99 \
    MIGRATION_TIMEOUT=99999999999999999999h SKEIN_YES=perhaps SKEIN_JSON=2 SKEIN_APPROACH=bold SKEIN_OUT_OF_ORDER=perhaps; do
    as="env $one" refused "$one" 2 "${one%%=*}.*\"?${one#*=}\"?|${one%%=*} is true or false" up
done
for url in garbage 'postgres://' 'mysql://x/y' 'postgres://[::1' 'postgres://x:notaport/y' 'host' $'host=\nx' 'postgres://a b/c' \
    'postgres://x/y?nosuch=1' "postgres://x:s3cret%zz@y/z"; do
    shown=$(printf 'DATABASE_URL=%q' "$url") database=$(database_mark) files=$(files_mark)
    DATABASE_URL=$url skein up
    ok "$shown: exit 2 or 3" test "$status" = 2 -o "$status" = 3
    is "$(grep -c '^error: ' <<<"$stderr")" 1 "$shown: one error" || diag "$stderr"
    unlike "$stdout$stderr" 's3cret' "$shown: no password"
    is "$(database_mark),$(files_mark)" "$database,$files" "$shown: nothing is touched"
done

done_testing
