# TAP for tests in bash, and a PostgreSQL to test on.  A test file begins with
#
#   #!/usr/bin/env bash
#   . "$(dirname "$0")/lib/tap.sh"
#
# and ends with `done_testing`.  It may use
#
#   run COMMAND…            runs it; sets $status, $stdout and $stderr
#   ok NAME COMMAND…        passes when the command succeeds;   not_ok: when it fails
#   is GOT EXPECTED NAME    texts are equal;                    isnt: they differ
#   like GOT REGEX NAME     the text matches the ERE;           unlike: it does not
#   pass NAME, fail NAME, diag TEXT
#   skip NAME REASON        one check is left out, and why
#   skip_all REASON         the whole file is left out, and why; ends the test
#   $scratch                an empty directory, removed at the end
#   $root                   the repository;  $SKEIN the binary under test
#   start_server [OPTION…]  a private PostgreSQL in memory; options go to postgres, as in -c work_mem=1MB; sets
#                           $server_major, such as 15
#   new_database            a fresh database on it; exports its URL as DATABASE_URL
#   sql TEXT [URL]          runs SQL in it; prints rows without headings, columns separated by |
#   at_end()                defined by the test: called when it ends, however it ends
#
# Everything that was started is stopped when the test ends, however it ends.  Tests may run in parallel:
# each has its own scratch directory and server.  A test without a database never sees one of the user's:
# the variables that could name one are unset here.

set -u
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export SKEIN=${SKEIN:-$root/build/skein}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/skein-test.XXXXXX")
chmod 755 "$scratch"

for variable in ${!SKEIN_*} ${!PG*} ${!DATABASE_*} ${!DB_*} ${!MIGRATION_*} APP_ENV MAKEFLAGS MFLAGS MAKELEVEL; do
    [ "$variable" = SKEIN_PG_BIN ] || unset "$variable"
done

tap_count=0 tap_failed=0 tap_ended=
server_pid= server_directory= server_major= server_databases=0

tap_cleanup()
{
    local code=$?
    if declare -F at_end >/dev/null; then
        at_end
    fi
    if [ -n "$server_pid" ]; then
        kill -QUIT "$server_pid" 2>/dev/null
        wait "$server_pid" 2>/dev/null
    fi
    [ -z "$server_directory" ] || rm -rf "$server_directory"
    rm -rf "$scratch"
    if [ -z "$tap_ended" ]; then
        echo "# ended after test $tap_count, before done_testing"
        [ "$code" -ne 0 ] || code=1
    fi
    exit "$code"
}
trap tap_cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- results

diag()
{
    printf '%s\n' "$*" | sed 's/^/# /'
}

pass()
{
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $*"
}

fail()
{
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $*"
    diag "at ${BASH_SOURCE[2]:-${BASH_SOURCE[1]}} line ${BASH_LINENO[1]}"
    return 1
}

skip()
{
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

skip_all()
{
    tap_ended=yes
    echo "1..0 # SKIP $*"
    exit 0
}

done_testing()
{
    tap_ended=yes
    echo "1..$tap_count"
    [ "$tap_failed" -eq 0 ]
    exit
}

# --- checks

run()
{
    "$@" >"$scratch/.stdout" 2>"$scratch/.stderr" </dev/null
    status=$?
    stdout=$(tr -d '\000' <"$scratch/.stdout")
    stderr=$(tr -d '\000' <"$scratch/.stderr")
}

ok()
{
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        pass "$name"
    else
        fail "$name"
        diag "$* failed"
        [ -z "$output" ] || diag "$output"
        return 1
    fi
}

not_ok()
{
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        fail "$name"
        diag "$* succeeded"
        [ -z "$output" ] || diag "$output"
        return 1
    else
        pass "$name"
    fi
}

is()
{
    if [ "$1" = "$2" ]; then
        pass "$3"
    else
        fail "$3"
        diag "got:      $1"
        diag "expected: $2"
        return 1
    fi
}

isnt()
{
    if [ "$1" != "$2" ]; then
        pass "$3"
    else
        fail "$3"
        diag "got what should differ: $1"
        return 1
    fi
}

like()
{
    if [[ $1 =~ $2 ]]; then
        pass "$3"
    else
        fail "$3"
        diag "got:           $1"
        diag "should match:  $2"
        return 1
    fi
}

unlike()
{
    if ! [[ $1 =~ $2 ]]; then
        pass "$3"
    else
        fail "$3"
        diag "got:              $1"
        diag "should not match: $2"
        return 1
    fi
}

# --- PostgreSQL

# Where initdb and postgres are.
server_programs()
{
    local directory
    for directory in "${SKEIN_PG_BIN:-}" $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        if [ -x "$directory/postgres" ]; then
            echo "$directory"
            return
        fi
    done
    directory=$(pg_config --bindir 2>/dev/null) && [ -x "$directory/postgres" ] && echo "$directory"
}

# What runs a server program: PostgreSQL refuses to be root, and is to go when the test goes.
server_as=()
if command -v setpriv >/dev/null; then
    server_as=(setpriv --pdeathsig QUIT)
    [ "$(id -u)" -ne 0 ] || server_as+=(--reuid=postgres --regid=postgres --init-groups)
fi

# A data directory that initdb made once per user and version.  initdb takes most of a second, a copy 50 ms.
server_template()
{
    local programs=$1 cache version
    read -r _ _ version _ < <("$programs/postgres" --version)
    cache="${TMPDIR:-/tmp}/skein-test-template-$(id -u)-$version"
    mkdir -m 711 "$cache" 2>/dev/null
    [ -O "$cache" ] && [ ! -L "$cache" ] || { echo "$cache belongs to somebody else" >&2; return 1; }
    (
        flock 9
        [ ! -d "$cache/data" ] || exit 0
        rm -rf "$cache/new" && mkdir -m 700 "$cache/new" || exit
        [ "$(id -u)" -ne 0 ] || chown postgres: "$cache/new"
        "${server_as[@]}" "$programs/initdb" -D "$cache/new" -A trust -U postgres -N --locale=C.UTF-8 -E UTF8 \
            --wal-segsize=1 >"$cache/log" 2>&1 || { cat "$cache/log" >&2; exit 1; }
        mv "$cache/new" "$cache/data"
    ) 9>"$cache/lock" || return
    echo "$cache/data"
}

# Memory where there is enough of it: containers often have 64 MB in /dev/shm.
server_place()
{
    local free
    free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    if [ -w /dev/shm ] && [ "${free:-0}" -gt 524288 ]; then
        echo /dev/shm
    else
        echo "${TMPDIR:-/tmp}"
    fi
}

# What a test killed by SIGKILL left behind: its server has gone with it, its directory has not.
server_sweep()
{
    local left
    for left in "$1"/skein-test-server.*; do
        [ -O "$left" ] && [ ! -L "$left" ] || continue
        flock -n "$left" true && rm -rf "$left"
    done
}

start_server()
{
    local programs template data place gate lines attempt
    programs=$(server_programs)
    [ -n "$programs" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"
    template=$(server_template "$programs") || { fail "initdb"; exit 1; }
    place=$(server_place)
    # Between the making of a directory and its lock, nobody else may sweep.
    exec {gate}>"${template%/data}/lock"
    flock "$gate"
    server_sweep "$place"
    server_directory=$(mktemp -d "$place/skein-test-server.XXXXXX")
    exec {server_lock}<"$server_directory"
    flock "$server_lock"
    exec {gate}>&-
    chmod 711 "$server_directory"
    data=$server_directory/data
    cp -a "$template" "$data"
    server_major=$(cat "$data/PG_VERSION")
    "${server_as[@]}" "$programs/postgres" -D "$data" -k "$data" -c listen_addresses= -c unix_socket_permissions=0700 \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off \
        -c shared_buffers=32MB -c max_connections=50 -c max_wal_size=32MB -c min_wal_size=2MB \
        -c wal_init_zero=off -c wal_recycle=off -c dynamic_shared_memory_type=mmap \
        "$@" >"$server_directory/log" 2>&1 </dev/null &
    server_pid=$!
    for ((attempt = 0; attempt < 3000; attempt++)); do
        if mapfile -t lines 2>/dev/null <"$data/postmaster.pid" && [[ ${lines[7]:-} == ready* ]]; then
            server_url="postgresql://postgres@/postgres?host=$data"
            return
        fi
        kill -0 "$server_pid" 2>/dev/null || break
        sleep 0.01
    done
    fail "the test server starts"
    diag "$(cat "$server_directory/log")"
    exit 1
}

new_database()
{
    [ -n "$server_pid" ] || start_server
    local strategy=
    [ "$server_major" -lt 15 ] || strategy='STRATEGY file_copy'
    server_databases=$((server_databases + 1))
    sql "CREATE DATABASE test_$server_databases $strategy" "$server_url" >/dev/null ||
        { fail "a new database"; exit 1; }
    export DATABASE_URL="postgresql://postgres@/test_$server_databases?host=$server_directory/data"
}

sql()
{
    psql -X -q -A -t -v ON_ERROR_STOP=1 "${2:-$DATABASE_URL}" -c "$1"
}
