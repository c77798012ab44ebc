#!/usr/bin/env bash
# The development server: one per repository, private, durable, and nobody else's.
. "$(dirname "$0")/lib/tap.sh"

unset XDG_RUNTIME_DIR XDG_STATE_HOME
export HOME=$scratch/home
repositories=()

at_end()
{
    local one
    for one in "${repositories[@]}"; do
        [ ! -d "$one/.skein" ] || (cd "$one" && env -u SKEIN_PG_BIN -u SKEIN_PG_USER "$SKEIN" dev stop >/dev/null 2>&1)
    done
    [ -z "${other:-}" ] || kill "$other" 2>/dev/null
    [ ! -d "$scratch/small" ] || umount "$scratch/small" 2>/dev/null
}

# A new repository, as the current directory.
repository()
{
    mkdir -p "$scratch/$1/services"
    repositories+=("$scratch/$1")
    cd "$scratch/$1" || exit 1
    [ ${#as[@]} -eq 0 ] || chown nobody "$scratch/$1"
}

dev()
{
    run "${as[@]}" "$SKEIN" dev "$@"
}

field()
{
    "${as[@]}" "$SKEIN" dev status --json | sed -n "s/.*\"$1\":\"\\{0,1\\}\\([^\",}]*\\).*/\\1/p"
}

query()
{
    "${as[@]}" psql -XAtqc "$1" "$("${as[@]}" "$SKEIN" dev url)"
}

running()
{
    [ -d "/proc/$1" ] && ! grep -q '^State:.*Z' "/proc/$1/status" 2>/dev/null
}

wait_gone()
{
    local i
    for ((i = 0; i < 500; i++)); do
        running "$1" || return 0
        sleep 0.01
    done
    return 1
}

# What must work for whoever starts it.
scenario()
{
    local who=$1 pid first
    repository "$who-plain"
    dev status
    like "$stdout" '^not running' "$who: nothing runs at first"
    not_ok "$who: looking creates nothing" test -e .skein
    dev start
    is "$status" 0 "$who: start" || diag "$stderr"
    like "$stdout" 'is started: postgres://' "$who: start says where"
    pid=$(field pid)
    is "$(stat -c %a .skein)" 700 "$who: .skein is private"
    is "$(stat -c %a "$(query 'SHOW unix_socket_directories' | tr -d '"')")" 700 "$who: the socket is private"
    is "$(query 'SHOW listen_addresses')" "" "$who: no port is open"
    is "$(query 'SHOW fsync')" on "$who: it is durable"
    is "$(awk '/^Uid:/ { print ($2 == 0) }' "/proc/$pid/status")" 0 "$who: it does not run as root"
    is "$(PGPORT=1 PGHOST=nowhere PGUSER=x PGDATABASE=y query 'SELECT current_database()')" skein \
        "$who: variables of libpq do not lead elsewhere"
    dev start
    like "$stdout" 'was running' "$who: a second start finds it"
    is "$(field pid)" "$pid" "$who: and it is the same"
    query 'CREATE TABLE kept (i int); INSERT INTO kept VALUES (7)'
    dev stop
    is "$status" 0 "$who: stop"
    not_ok "$who: it is gone" running "$pid"
    dev stop
    like "$stdout" 'not running' "$who: stopping twice is success"
    is "$(query 'SELECT i FROM kept')" 7 "$who: the data survive"
    ok "$who: git sees nothing of it" grep -qx '\*' .skein/.gitignore

    dev psql -- -XAtc 'SELECT i FROM kept'
    is "$stdout" 7 "$who: psql"
    dev stop
    ok "$who: who starts it does not hang on its output" \
        timeout 30 bash -c 'text=$("$@" 2>&1 </dev/null)' start "${as[@]}" "$SKEIN" dev start
    pid=$(field pid)
    is "$(ls -l "/proc/$pid/fd" | grep -c "$scratch/.std\|/dev/pts\|/dev/tty")" 0 "$who: it holds no terminal"

    kill -9 "$pid"
    wait_gone "$pid"
    is "$(query 'SELECT i FROM kept')" 7 "$who: it recovers from a kill -9"
    isnt "$(field pid)" "$pid" "$who: as a new server"

    repository "$who-many"
    for first in 1 2 3 4 5 6; do
        "${as[@]}" "$SKEIN" dev start >"$scratch/$who-start.$first" 2>&1 &
    done
    wait
    is "$(cat "$scratch/$who"-start.* | grep -c 'is started')" 1 "$who: of six first starts at once one starts it" ||
        diag "$(cat "$scratch/$who"-start.*)"
    is "$(cat "$scratch/$who"-start.* | grep -c 'was running')" 5 "$who: and the others find it"

    # Killed while it makes everything for the first time.
    repository "$who-killed"
    for first in 0.005 0.02 0.05 0.1 0.15 0.2 0.25; do
        "${as[@]}" "$SKEIN" dev start >/dev/null 2>&1 &
        pid=$!
        sleep "$first"
        kill -9 "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    dev start
    is "$status" 0 "$who: killed at seven moments of its first start, it starts" || diag "$stderr"
    is "$(query 'SELECT 1')" 1 "$who: and works"
    not_ok "$who: no draft stays" test -e .skein/data.draft
}

as=()
scenario "$(id -un)"

if [ "$(id -u)" -eq 0 ]; then
    as=(runuser -u nobody --)
    if "${as[@]}" test -x "$SKEIN"; then
        scenario nobody
    else
        skip "as an unprivileged user" "nobody cannot reach $SKEIN"
    fi
    as=()
else
    skip "as root" "the tests do not run as root"
fi

# --- moved, copied, removed

repository here
query 'CREATE TABLE mine (i int)'
pid=$(field pid)
mv "$scratch/here" "$scratch/there"
repositories+=("$scratch/there")
cd "$scratch/there" || exit 1
is "$(field pid)" "$pid" "a repository that moved keeps its server"
repository here
is "$(query "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'")" 0 "and a new one at its place gets another"
isnt "$(field pid)" "$pid" "of its own"
cp -a "$scratch/there" "$scratch/copy"
repository copy
is "$(query "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'")" 1 "a copy has the data"
isnt "$(field pid)" "$pid" "and a server of its own"
ok "beside that of the original" running "$pid"
cd "$scratch/there" && dev stop
cd "$scratch/copy" && is "$(query 'SELECT 1')" 1 "which lives on when the original is stopped"

# --- what a pid file does not prove

repository stale
dev start
dev stop
sleep 1000 &
other=$!
printf '%s\n%s\n1\n5432\n/tmp\n\n\nready\n' "$other" "$PWD/.skein/data" >.skein/data/postmaster.pid
dev status
like "$stdout" '^not running' "a pid of another process is no server"
dev stop
ok "which is not stopped" running "$other"
dev start
is "$status" 0 "and does not keep the server from starting" || diag "$stderr"
ok "nor is it hurt" running "$other"

rm -f "$(query 'SHOW unix_socket_directories' | tr -d '"')/.s.PGSQL.5432"
is "$(query 'SELECT 1')" 1 "a server whose socket was removed is started again"

# --- clear errors

dev stop
echo 9 >.skein/data/PG_VERSION
dev start
is "$status" 3 "data of another version: exit code"
like "$stderr" 'PostgreSQL 9, and the programs in .* are of PostgreSQL 1' "both versions are named"
like "$stderr" 'hint: .*postgresql-9.*dev reset' "and what to do"
dev reset
is "$status" 0 "reset starts afresh" || diag "$stderr"
is "$(query 'SELECT count(*) FROM pg_tables WHERE schemaname = $$public$$')" 0 "and empty"

dev stop
SKEIN_PG_BIN=/nowhere/bin dev start
is "$status" 3 "no programs: exit code"
like "$stderr" '/nowhere/bin' "it says where it looked"

echo 'nonsense = true' >>.skein/data/postgresql.conf
dev start
is "$status" 3 "a server that does not start: exit code"
like "$stderr" 'does not start: ' "what it says is told"
like "$stderr" 'nonsense' "with the details"
sed -i /nonsense/d .skein/data/postgresql.conf

repository blocked
: >.skein
dev start
is "$status" 2 "a file named .skein: exit code"
like "$stderr" '\.skein is not a directory' "and the sentence"
rm .skein

if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$scratch"
    repository owned
    dev start
    dev stop
    run runuser -u nobody -- "$SKEIN" dev start
    is "$status" 4 ".skein of somebody else: exit code"
    like "$stderr" 'belongs to .*, and you are nobody' "both are named"
    mkdir -m 755 "$scratch/readonly" "$scratch/readonly/services"
    cd "$scratch/readonly" || exit 1
    run env HOME=/nonexistent runuser -u nobody -- "$SKEIN" dev start
    is "$status" 4 "no place that can be written: exit code"
    like "$stderr" 'no place for the development database' "and the sentence"
    SKEIN_PG_USER=root dev start
    is "$status" 4 "SKEIN_PG_USER=root: exit code"
    SKEIN_PG_USER=no-such-user dev start
    like "$stderr" 'no-such-user' "an unknown SKEIN_PG_USER is named"

    mkdir -m 700 "$scratch/closed"
    mkdir "$scratch/closed/services"
    repositories+=("$scratch/closed")
    cd "$scratch/closed" || exit 1
    dev start
    is "$status" 0 "a repository that the server's user cannot reach" || diag "$stderr"
    like "$stdout" 'note: .* cannot reach .*/closed, so the development database is in /var/lib/skein/closed-' \
        "the data are elsewhere, and it says where"
    place=$(cat .skein/place)
    pid=$(field pid)
    mv "$scratch/closed" "$scratch/moved"
    repositories+=("$scratch/moved")
    cd "$scratch/moved" || exit 1
    is "$(field pid)" "$pid" "and is found again when the repository moves"
    dev stop
    rm -rf "$place"

    mkdir "$scratch/small"
    if mount -t tmpfs -o size=12m,mode=755 tmpfs "$scratch/small" 2>/dev/null; then
        mkdir "$scratch/small/services"
        cd "$scratch/small" || exit 1
        dev start
        is "$status" 3 "a full disk: exit code"
        like "$stderr" 'No space left on device' "and the sentence"
        not_ok "nothing half-made stays" test -e .skein/data -o -e .skein/data.draft
        cd / && umount "$scratch/small"
    else
        skip "a full disk" "no file system can be mounted here"
    fi
else
    skip "permissions of other users" "the tests do not run as root"
fi

# --- golang-migrate understands the address

repository migrate
migrate=$(command -v migrate || ls ~root/go/bin/migrate "$(go env GOPATH 2>/dev/null)/bin/migrate" 2>/dev/null | head -1)
if [ -n "$migrate" ]; then
    mkdir files
    echo 'CREATE TABLE by_migrate (i int);' >files/1_a.up.sql
    dev start
    ok "golang-migrate works on it" "$migrate" -path files -database "$("$SKEIN" dev url)" up
    is "$(query 'SELECT version FROM schema_migrations')" 1 "and both see the same"
else
    skip "golang-migrate works on it" "migrate is not installed"
fi

done_testing
