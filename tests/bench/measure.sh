# For scripts/bench: tools, servers, links, and runs that take turns.  Over tests/lib/tap.sh.

BENCH_PROGRAMS=${BENCH_PROGRAMS:-$root/build/bench}
declare -A tool_path=()
tools=() conclusions=()
link_pids=() near_port= far_port=

stopwatch() { "$BENCH_PROGRAMS/stopwatch" "$@"; }

heading() { printf '\n%s\n' "$*"; }

die()
{
    echo "bench: $* failed:" >&2
    tail -n 5 "$scratch/errors" >&2
    tap_ended=yes
    exit 1
}

# --- arithmetic

# The median of a column (1: µs, 2: CPU µs, 3: KiB) of what was measured of a runner.
median()
{
    sort -n -k "$2,$2" "$scratch/times/$1" | awk -v column="$2" '{ all[NR] = $column } END { printf "%d\n", NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2 }'
}

ratio() { awk "BEGIN { printf \"%.2f\", $1 / ($2) }"; }
ms() { awk "BEGIN { printf \"%.1f\", $1 / 1000 }"; }
least() { printf '%s\n' "$@" | sort -n | head -n 1; }
round_trips() { awk "BEGIN { printf \"%.3f\", ($1 - $2) / 20000 / $3 }"; }

# conclude ROW WHAT VALUE AIM UNIT: at most AIM is wanted.
conclude() { conclusions+=("$(awk "BEGIN { print ($3 <= $4) ? \"met\" : \"MISSED\" }")|$1|$2|$3$5|$4$5"); }

print_conclusions()
{
    local line verdict row what value aim
    heading "Summary"
    for line in "${conclusions[@]}"; do
        IFS='|' read -r verdict row what value aim <<<"$line"
        printf '    %-3s %-68s %9s  at most %-8s %s\n' "$row" "$what" "$value" "$aim" "$verdict"
    done
}

# --- tools

name_of()
{
    case $1 in
    floor-file) echo "libpq, file by file" ;;
    floor-statement) echo "libpq, one by one" ;;
    floor-pipeline) echo "libpq, without waiting" ;;
    migrate) echo golang-migrate ;;
    *) echo "$1" ;;
    esac
}

find_tools()
{
    local tool path missing=
    for tool in ${TOOLS-migrate goose dbmate tern sql-migrate sqitch}; do
        path=$(command -v "${asked[$tool]:-$tool}") || path=$HOME/go/bin/$tool
        if [ -x "$path" ]; then
            tools+=("$tool")
            tool_path[$tool]=$path
        else
            missing="$missing $(name_of "$tool")"
        fi
    done
    [ -z "$missing" ] || echo "not found, and so not measured:$missing"
}

# make_migrations SET COUNT KIND [FORMATS [HALVES]] writes $scratch/SET, once.
make_migrations()
{
    [ ! -d "$scratch/$1" ] || return 0
    mkdir "$scratch/$1"
    awk -f "$root/tests/bench/migrations.awk" -v out="$scratch/$1" -v count="$2" -v kind="$3" \
        -v formats="${4:-pairs ${tools[*]}}" -v halves="${5:-1}" || die "writing migrations"
}

# command_of RUNNER SET URL: the array `command`.
command_of()
{
    local files=$scratch/$2 url=$3 path=${tool_path[$1]:-}
    case $1 in
    skein) command=("$SKEIN" --database "$url" --migrations "$files/pairs" --yes --quiet up) ;;
    floor-*) command=("$BENCH_PROGRAMS/floor" "${1#floor-}" "$url" "$files/pairs") ;;
    migrate) command=("$path" -path "$files/pairs" -database "$url" up) ;;
    goose) command=("$path" -dir "$files/goose" postgres "$url" up) ;;
    dbmate) command=("$path" --url "${url/host=/socket=}" --migrations-dir "$files/dbmate" --no-dump-schema migrate) ;;
    tern) command=("$path" migrate --migrations "$files/tern" --conn-string "$url") ;;
    sqitch) command=("$path" --chdir "$files/sqitch" deploy "db:pg${url#postgres}") ;;
    sql-migrate)
        printf 'production:\n    dialect: postgres\n    datasource: "%s"\n    dir: %s\n' "$url" "$files/sql-migrate" >"$scratch/dbconfig.yml"
        command=("$path" up -config "$scratch/dbconfig.yml" -env production) ;;
    esac
}

# --- servers and links

# use_server memory|disk: the one that runs, or another one.
use_server()
{
    [ "${server_kind:-}" != "$1" ] || return 0
    stop_server
    server_kind=$1
    if [ "$1" = disk ]; then
        server_place() { echo "${TMPDIR:-/tmp}"; }
        start_server -c fsync=on -c synchronous_commit=on -c full_page_writes=on -c shared_buffers=128MB -c max_wal_size=1GB \
            -c autovacuum=on -c max_locks_per_transaction=128
    else
        server_place() { [ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}"; }
        start_server -c shared_buffers=128MB -c max_wal_size=256MB
    fi
}

stop_server()
{
    [ -n "$server_pid" ] || return 0
    kill -QUIT "$server_pid"
    wait "$server_pid" 2>/dev/null
    rm -rf "$server_directory"
    server_pid=
}

drop_database()
{
    sql "DROP DATABASE IF EXISTS test_$server_databases (FORCE)" "$server_url" >/dev/null
}

open_links()
{
    local port
    for port in near_port far_port; do
        "$BENCH_PROGRAMS/delay_proxy" "$server_directory/data/.s.PGSQL.5432" $([ $port = near_port ] && echo 0 || echo 10) >"$scratch/$port" &
        link_pids+=($!)
        while [ ! -s "$scratch/$port" ]; do sleep 0.01; done
        printf -v "$port" %s "$(<"$scratch/$port")"
    done
}

close_links()
{
    kill "${link_pids[@]}"
    wait "${link_pids[@]}" 2>/dev/null
    link_pids=()
}

url_by()
{
    local name=test_$server_databases
    case $1 in
    local) echo "postgres://postgres@/$name?host=$server_directory/data&sslmode=disable" ;;
    near) echo "postgres://postgres@127.0.0.1:$near_port/$name?sslmode=disable" ;;
    far) echo "postgres://postgres@127.0.0.1:$far_port/$name?sslmode=disable" ;;
    esac
}

# --- runs

# CPU time in µs of the server processes that have ended.
server_cpu()
{
    sleep 0.05
    awk '{ sub(/.*\) /, ""); print ($14 + $15) * 10000 }' "/proc/$server_pid/stat"
}

# What is there afterwards, but for the tools' own tables.
count_tables() { sql "SELECT count(*) FROM pg_class WHERE relname ~ '^orders_[0-9]+\$'"; }

run_once()
{
    local runner=$1 set=$2 by=$3 command before line expected
    new_database
    command_of "$runner" "$set" "$(url_by "$by")"
    before=$(server_cpu)
    line=$(stopwatch 1 "${command[@]}" 2>"$scratch/errors") || die "$(name_of "$runner")"
    read -r wall cpu peak code <<<"$line"
    [ "$code" = 0 ] || die "$(name_of "$runner")"
    echo "$wall $((cpu + $(server_cpu) - before)) $peak $code" >>"$scratch/times/$runner"
    expected=$(grep -l '^CREATE TABLE' "$scratch/$set/pairs"/*.up.sql | wc -l)
    [ "$(count_tables)" = "$expected" ] || die "$(name_of "$runner") left $(count_tables) of $expected tables; it"
    drop_database
}

# race ROUNDS SET local|near|far RUNNER…: in turns.  What takes over 15 s runs once.
race()
{
    local rounds=$1 set=$2 by=$3 round runner
    shift 3
    rm -rf "$scratch/times" && mkdir "$scratch/times"
    for ((round = 1; round <= rounds; round++)); do
        for runner; do
            [ "$round" -gt 1 ] && [ "$(median "$runner" 1)" -gt 15000000 ] || run_once "$runner" "$set" "$by"
        done
    done
}

print_race()
{
    local floor=$1 runner floor_cpu
    shift
    floor_cpu=$(least "$(median floor-file 2)" "$(median floor-statement 2)")
    printf '    %-24s %10s %10s %12s %12s %10s\n' '' 'time' 'CPU' 'ms' 'CPU ms' 'peak MB'
    for runner; do
        printf '    %-24s %8s × %8s × %12s %12s %10s\n' "$(name_of "$runner")" "$(ratio "$(median "$runner" 1)" "$floor")" \
            "$(ratio "$(median "$runner" 2)" "$floor_cpu")" "$(ms "$(median "$runner" 1)")" "$(ms "$(median "$runner" 2)")" \
            "$(ms "$(median "$runner" 3)")"
    done
}

# Sets floor_time, floor_cpu and best_peer, too.
say_ratios()
{
    local tool text skein
    skein=$(median skein 1) floor_time=$1 best_peer=
    floor_cpu=$(least "$(median floor-file 2)" "$(median floor-statement 2)")
    text="skein is $(ratio "$skein" "$floor_time") × the floor"
    for tool in "${tools[@]}"; do
        text+=", $(ratio "$(median "$tool" 1)" "$skein") × faster than $(name_of "$tool")"
        [ -n "$best_peer" ] && [ "$(median "$tool" 1)" -ge "$(median "$best_peer" 1)" ] || best_peer=$tool
    done
    echo "    $text"
}

check_exits()
{
    awk '$4 != 0 { exit 1 }' "$scratch/times/$1" || die "$1"
}
