#!/usr/bin/env bash
# What happens around a run: signals, other runners, a full disk, and a shell that was not kind.
. "$(dirname "$0")/lib/tap.sh"
. "$root/tests/lib/bad.sh"

# Waits until the slow statement runs.
until_slow()
{
    for _ in {1..400}; do
        [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE query ~ 'pg_sleep' AND state = 'active' AND pid <> pg_backend_pid()" "$server_url")" = 0 ] || return 0
        sleep 0.02
    done
}
idle()
{
    for _ in {1..400}; do
        [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE datname = '$(sql 'SELECT current_database()')' AND pid <> pg_backend_pid()" "$server_url")" != 0 ] || return 0
        sleep 0.02
    done
}
state() { sql "SELECT version, dirty FROM users.users_schema_migrations; SELECT to_regclass('users.a') IS NOT NULL, to_regclass('users.b') IS NOT NULL, to_regclass('users.c') IS NOT NULL"; }
slow() # a repository whose second migration takes long
{
    repository
    echo "create table b (id int); select pg_sleep($1);" >"$users/000002_b.up.sql"
    echo 'create table c (id int);' >"$users/000003_c.up.sql"
}
# Not by `run`: bash gives what it starts in the background an ignored SIGINT, python does not.
begin()
{
    python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$SKEIN" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null &
    runner=$!
}

for signal in INT TERM; do
    slow 60
    begin up
    until_slow
    start=$SECONDS
    kill -$signal "$runner"
    wait "$runner"
    is "$?" 130 "SIG$signal: exit 130"
    ok "SIG$signal: at once" test $((SECONDS - start)) -le 5
    like "$(tr '\n' ' ' <"$scratch/err")" 'error: .*(interrupted|cancel).*hint: ' "SIG$signal: says so"
    idle
    is "$(state)" $'1|f\nt|f|f' "SIG$signal: the state is exact"
    echo 'create table b (id int);' >"$users/000002_b.up.sql"
    skein up
    is "$status,$(state)" $'0,3|f\nt|t|t' "SIG$signal: a new run goes on"
done

slow 60
begin up
until_slow
kill -KILL "$runner"
wait "$runner" 2>/dev/null
idle
is "$(state)" $'1|f\nt|f|f' "SIGKILL: the state is exact"
echo 'create table b (id int);' >"$users/000002_b.up.sql"
skein up
is "$status,$(state)" $'0,3|f\nt|t|t' "SIGKILL: a new run goes on"

# A server that does not answer to the cancel: only the second signal ends the wait.
slow 60
begin up
until_slow
backend=$(sql "SELECT pid FROM pg_stat_activity WHERE query ~ 'pg_sleep' AND state = 'active' AND pid <> pg_backend_pid()" "$server_url")
kill -STOP "$backend"
kill -INT "$runner"
sleep 0.5
start=$SECONDS
kill -INT "$runner"
wait "$runner"
is "$?" 130 "a second signal: exit 130"
ok "a second signal ends at once" test $((SECONDS - start)) -le 2
kill -CONT "$backend"
idle
is "$(state)" $'1|f\nt|f|f' "a second signal: the state is exact"

# --- several at once

for runners in 2 5; do
    slow 0.3
    pids=()
    for ((i = 0; i < runners; i++)); do
        "$SKEIN" up >"$scratch/out$i" 2>&1 </dev/null &
        pids+=($!)
    done
    codes=
    for pid in "${pids[@]}"; do wait "$pid"; codes+=$?; done
    is "$codes" "$(printf '0%.0s' $(seq "$runners"))" "$runners runners at once: all end well" || diag "$(cat "$scratch"/out?)"
    is "$(state)" $'3|f\nt|t|t' "$runners runners at once: everything is applied"
    is "$(sql "SELECT count(*), count(DISTINCT version), string_agg(DISTINCT outcome, ' ') FROM users.migration_history")" "3|3|success" \
        "$runners runners at once: each migration once"
done

# --- a full disk on our side

skein help >/dev/null
for command in "help" "list" "status" "plan --json" "config" "validate" "deps" "version" "history"; do
    # shellcheck disable=SC2086
    "$SKEIN" $command >/dev/full 2>"$scratch/err" </dev/null
    code=$?
    ok "$command > /dev/full: an error" test "$code" -ne 0 -a "$code" -lt 100
    is "$(grep -c 'cannot write to standard output' "$scratch/err")" 1 "$command > /dev/full: says so"
done
repository
"$SKEIN" up 2>/dev/full >/dev/null </dev/null
is "$?,$(sql 'SELECT version FROM users.users_schema_migrations')" 0,1 "up with standard error on a full disk does its work"
repository
"$SKEIN" up --json >/dev/full 2>"$scratch/err" </dev/null
ok "up --json > /dev/full: no crash" test $? -lt 100

if [ "$(id -u)" -eq 0 ] && mkdir "$scratch/small" && mount -t tmpfs -o size=64k,nr_inodes=6 skein-test "$scratch/small" 2>/dev/null; then
    at_end() { cd /; umount "$scratch/small"; }
    mkdir -p "$scratch/small/services/users/migrations"
    cd "$scratch/small" || exit
    head -c 100000 /dev/zero >filler 2>/dev/null
    before=$(files_mark)
    skein create more --service users
    is "$status" 1 "create on a full disk: exit 1" || diag "$stdout$stderr"
    like "${stderr//$'\n'/ }" "No space left.*hint: free some space" "create on a full disk: says so"
    is "$(find . -name '*more*')" "" "create on a full disk: leaves no half"
    run env -u DATABASE_URL XDG_RUNTIME_DIR="$scratch" "$SKEIN" dev start
    ok "dev start on a full disk: an error" test "$status" -ne 0 -a "$status" -lt 100
    is "$(grep -c '^error: ' <<<"$stderr")" 1 "dev start on a full disk: one error" || diag "$stderr"
    cd / && umount "$scratch/small"
    at_end() { :; }
    mount -t tmpfs -o ro skein-test "$scratch/small"
    at_end() { cd /; umount "$scratch/small"; }
    cd "$scratch/small" || exit
    skein create more --dir .
    like "$status ${stderr//$'\n'/ }" "^4 error: .*Read-only file system" "create on a read-only file system"
    cd / && umount "$scratch/small"
    at_end() { :; }
else
    skip "a full disk" "no right to mount a small one"
fi

# --- a shell that was not kind

repository
"$SKEIN" status >&- 2>"$scratch/err"
ok "closed standard output: an error, no crash" test $? -ne 0 -a $? -lt 100
"$SKEIN" up <&- >"$scratch/out" 2>&1
is "$?" 0 "closed standard input"
"$SKEIN" status 2>&- >/dev/null
is "$?" 0 "closed standard error"
"$SKEIN" down --all <&- >&- 2>&-
ok "all closed: no crash" test $? -lt 100
is "$(find . -type f -size +1k | wc -l)" 0 "and nothing was written into a file by mistake"
for setting in "-u HOME" "-u TERM" "TERM=nonsense" "LC_ALL=C" "LC_ALL=nonsense" "COLUMNS=1" "COLUMNS=0" "COLUMNS=-5" "COLUMNS=x" "COLUMNS=99999999999" "TZ=nonsense" "-u PATH" "HOME=/nonexistent"; do
    for command in status plan list deps history config; do
        # shellcheck disable=SC2086
        run env $setting "$SKEIN" $command
        [ "$status" -eq 0 ] || fail "$setting: $command" "$stderr"
    done
    pass "$setting"
done
for size in "1 1" "2 3" "10 5"; do
    if command -v script >/dev/null; then
        read -r columns rows <<<"$size"
        run script -qec "stty cols $columns rows $rows; '$SKEIN' status; '$SKEIN' down --all --yes; '$SKEIN' up" /dev/null
        is "$status" 0 "a terminal of $columns columns and $rows rows"
    else
        skip "a terminal of $size" "no script"
    fi
done
mkdir "$scratch/gone" && cd "$scratch/gone" && rmdir "$scratch/gone"
skein status
ok "a directory that is gone: an error, no crash" test "$status" -ne 0 -a "$status" -lt 100
is "$(grep -c '^error: .*' <<<"$stderr")" 1 "a directory that is gone: one error"

# --- JSON is JSON, whatever happens

repository
printf 'select 1;\nselect "\xc3\xa9\\n\t" from nowhere;\n' >"$users/000002_b.up.sql"
for command in up status list plan history deps config validate "database tables" "database schema" "database counts" "database health" "up --dry-run" "down 1" "goto 9 --service users" version nonsense "up --nonsense" "status --service $(printf '\xff\xfe')" "create $(printf 'a\xff')"; do
    # shellcheck disable=SC2086
    skein $command --json
    ok "JSON: $(printf %q "$command")" json
    is "$stderr" "" "JSON: $(printf %q "$command"): nothing on standard error"
done

# --- names that reach make, with the binary itself

repository
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile
trap_file=$scratch/sprung
for name in "'; touch $trap_file; '" "\$(shell touch $trap_file)" "\`touch $trap_file\`" '../../x' $'a\nb' '-x' '*'; do
    before=$(find "$scratch" -name '*.sql' | wc -l)
    run make -s db-migrate-create SERVICE_NAME=users NAME="$name"
    ok "make NAME=$(printf %q "$name") runs nothing" test ! -e "$trap_file"
    is "$(find . -name '*.sql' -not -path './services/users/migrations/*' -not -path './services/orders/migrations/*')" "" \
        "make NAME=$(printf %q "$name") writes nowhere else"
done
for service in ../x '; touch x' "\$(shell touch $trap_file)" '/' '.' '..'; do
    run make -s db-migrate-up SERVICE_NAME="$service"
    like "$status ${stderr//$'\n'/ }" "^2 error: there is no service .*hint: .*orders and users" "make SERVICE_NAME=$(printf %q "$service")"
    ok "make SERVICE_NAME=$(printf %q "$service") runs nothing" test ! -e "$trap_file" -a ! -e x
done

done_testing
