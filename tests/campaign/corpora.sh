#!/usr/bin/env bash
# Real migrations, brought in from elsewhere, by skein and by psql side by side:
#
#   tests/campaign/corpora.sh DIRECTORY…
#
# A DIRECTORY holds pairs as golang-migrate reads them, or a folder `migrations` that does.  What a corpus needs
# beforehand (extensions, roles) is done by the superuser with a file `prepare.sql` beside the migrations; everything
# else runs as the database's owner, who is nobody special.
#
# For each corpus, on a private server: all up at once; up one by one, after each of them the schema compared with what
# `psql -f` of the same file makes of a second database; down as far as the files allow, compared in the same way, and
# where a down fails, psql must fail with the same words, file and line must be right and the state exact; up again.
# What comes below a failing down is tried from a fresh database at the version below it.  At last golang-migrate
# runs the corpus, and skein what golang-migrate cannot.
#
# A half that is missing when it is needed is created empty, in a copy: skein asks for it, golang-migrate takes it as so.
. "$(dirname "$0")/../lib/tap.sh"

fingerprint=$root/tests/campaign/fingerprint.sql
migrate=$(command -v migrate || { command -v go >/dev/null && echo "$(go env GOPATH)/bin/migrate"; })
[ $# -gt 0 ] || { echo "usage: $0 DIRECTORY…" >&2; exit 2; }

# --- databases: each corpus has its own, of an owner without further rights

# open_database NAME [TEMPLATE]: drops and creates it anew; a copy of another, or prepared and empty.
open_database()
{
    local strategy=
    [ "$server_major" -lt 15 ] || strategy='STRATEGY file_copy'
    sql "DROP DATABASE IF EXISTS $1" "$server_url" 2>/dev/null
    sql "CREATE DATABASE $1 OWNER owner ${2:+TEMPLATE $2} $strategy" "$server_url" || exit 1
    if [ -z "${2:-}" ] && [ -f "$prepare" ]; then
        psql -X -q -o /dev/null "$(url "$1" postgres)" -f "$prepare" || { echo "Bail out! $prepare"; exit 1; }
    fi
}
url() { echo "postgresql://${2:-owner}@/$1?host=$server_directory/data"; }
ask() { sql "$2" "$(url "$1")"; }
picture() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$(url "$1")" -f "$fingerprint" | hide_time; }
# Views may hold the moment at which they were made.
hide_time() { sed -E "s/'[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]+([-+][0-9:]+)?'/'moment'/g"; }

# What skein says about itself, and must leave alone when a migration fails.
records()
{
    ask "$1" 'SELECT version, dirty FROM schema_migrations'
    ask "$1" "SELECT version, execution_status, checksum FROM migration_executions WHERE execution_status = 'success' ORDER BY 1"
    ask "$1" 'SELECT * FROM migration_journal'
}

rows()
{
    local counts
    counts=$(ask "$1" "SELECT coalesce(string_agg(format('SELECT %L, count(*) FROM %s', c.oid::regclass, c.oid::regclass), ' UNION ALL ' ORDER BY c.oid::regclass::text), 'SELECT 1')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)' AND c.relname !~ '^(schema_migrations|migration_(executions|history|journal|state))\$'")
    ask "$1" "$counts ORDER BY 1"
}

dump()
{
    pg_dump --schema-only --exclude-table='schema_migrations' --exclude-table='migration_(executions|history|journal|state)*' \
        "$(url "$1")" | grep -vE '^(--|\\|$)' | hide_time
}

skein() { "$SKEIN" --database "$(url "$1")" --migrations "$copy" --yes --quiet "${@:2}" >"$scratch/said" 2>&1; }
psql_file() { psql -X -q -o /dev/null -v ON_ERROR_STOP=1 "${@:3}" "$(url "$1")" -f "$2" 2>"$scratch/psql"; }

# --- the files: version → path of each half, versions in order

read_files()
{
    local file version half last=
    versions=() up=() down=()
    while read -r version half file; do
        version=${version#"${version%%[!0]*}"}
        [ "$half" = up ] && up[${version:=0}]=$copy/$file || down[${version:=0}]=$copy/$file
        [ "$last" = "$version" ] || versions+=("$version")
        last=$version
    done < <(ls "$copy" | sed -nE 's/^([0-9]+)_(.*)\.(down|up)\.(.*)$/\1 \3 &/p' | sort -n -k 1,1 -s)
}

# In the copy: an empty half where there is none, so that skein goes on.
add_half()
{
    local file
    file=$(sed -n 's/^hint: create //p' "$scratch/said")
    [ -n "$file" ] && [ ! -e "$file" ] && touch "$file" && diag "missing, taken as empty: ${file##*/}" && read_files
}

# --- what may go wrong

# What skein said, the file with its whole path.
said()
{
    local text
    text=$(sed -n 's/^error: //p' "$scratch/said" | head -n 1)
    [ ! -e "${text%%:*}" ] || text=$(realpath -- "${text%%:*}"):${text#*:}
    echo "$text"
}
psql_said() { sed -nE 's/^psql:[^ ]* (ERROR|FATAL):  //p' "$scratch/psql" | head -n 1; }

# skein failed on FILE with the words of psql (which sends the semicolon along, where skein's text ends), at the place where psql saw it.  The text as one query tells its own line;
# where the server gives no position, psql knows at which line the statement ends.
right_place()
{
    local database=$1 file=$2 said line whole last
    said=$(said) said=${said/at end of input/'at or near ";"'}
    last=$(sed -nE 's/^psql:.*:([0-9]+): (ERROR|FATAL):.*/\1/p' "$scratch/psql" | head -n 1)
    [[ $said == "$file":* ]] || { diag "$file is not named: $said"; return 1; }
    [[ $said == *"$(psql_said)"* ]] || { diag "psql says $(psql_said)" "skein says $said"; return 1; }
    said=${said#"$file":} line=${said%%:*}
    [[ $line =~ ^[0-9]+$ ]] || { diag "$file: no line: $said"; return 1; }
    whole=$(psql -X -q -o /dev/null "$(url "$database")" -c "BEGIN" -c "$(cat "$file")" 2>&1 | sed -nE 's/^LINE ([0-9]+):.*/\1/p' | head -n 1)
    if [ "${whole:-$line}" != "$line" ] || [ "$line" -gt "${last:-$line}" ]; then
        diag "$file: skein says line $line, psql $last, the server ${whole:-nothing}"
        return 1
    fi
}

# same DATABASE DATABASE WHERE
same()
{
    if diff <(picture "$1") <(picture "$2") >"$scratch/diff"; then
        return 0
    fi
    diag "$3: $(head -n 6 "$scratch/diff")"
    return 1
}

# One half by psql in `reference`, which was like `one`; again in one transaction where psql's way cannot do it.
by_psql()
{
    [ -e "$1" ] || return 0
    psql_file reference "$1" && return
    cp "$scratch/psql" "$scratch/first"
    open_database reference one
    if psql_file reference "$1" -1; then
        diag "only in one transaction: ${1##*/}: $(sed -nE 's/^psql:[^ ]* ERROR:  //p' "$scratch/first" | head -n 1)"
        return
    fi
    cp "$scratch/first" "$scratch/psql"
    return 1
}

# --- up

# All at once.  What cannot go up cannot by psql either; the corpus ends there.
all_up()
{
    local version file
    bad=0
    open_database whole
    until skein whole up; do
        add_half && continue
        version=$(ask whole "SELECT coalesce(max(version), -1) FROM schema_migrations")
        open_database reference whole
        for version in "${versions[@]}"; do
            file=${up[$version]:-}
            [[ -n $file && $(said) == "$file":* ]] && break
            file=
        done
        if [ -z "$file" ] || psql_file reference "$file" -1 || psql_file reference "$file" || ! right_place reference "$file"; then
            diag "skein alone fails: $(cat "$scratch/said")"
            bad=$((bad + 1))
        fi
        diag "ends before ${file##*/}: $(psql_said)"
        left_out=0
        for version in "${versions[@]}"; do
            [ -z "$file" ] || [ "${up[$version]:-}" = "$file" ] && left_out=1
            [ "$left_out" = 0 ] || rm -f "${up[$version]:-}" "${down[$version]:-}"
        done
        read_files
        [ "$bad" -eq 0 ] || break
    done
    is "$bad" 0 "$corpus: ${#versions[@]} of $total versions go up at once"
}

one_by_one()
{
    local version equal=0 different=0
    open_database one
    open_database reference
    for version in "${versions[@]}"; do
        by_psql "${up[$version]:-}" || diag "psql: $(psql_said)"
        skein one up 1 || { diag "$(cat "$scratch/said")"; different=$((different + 1)); break; }
        if same one reference "after $version"; then
            equal=$((equal + 1))
        else
            different=$((different + 1))
            open_database reference one
        fi
    done
    is "$different" 0 "$corpus: one by one, $equal versions leave the schema that psql -f leaves"
    ok "$corpus: at once and one by one end with the same schema" same whole one "at the end"
    ok "$corpus: pg_dump says so, too" diff <(dump whole) <(dump reference)
    ok "$corpus: as many rows in every table" diff <(rows one) <(rows reference)
}

# --- down

# One down that fails: psql fails in the same way, and nothing has changed.
failing_down()
{
    local version=$1 file=${down[$1]} before=$2 failed=0
    right_place reference "$file" || failed=1
    [ "$(picture one; records one)" = "$before" ] || { diag "$file: the state has changed"; failed=1; }
    diag "stops: $(said)"
    bad=$((bad + failed)) stopped=$((stopped + 1))
}

# Takes `one` and `reference` down from versions[FROM] together; $next is where it stopped, -1 at the bottom.
leg_down()
{
    local version before file by
    for ((next = $1; next >= 0; next--)); do
        version=${versions[next]} before=$(picture one; records one)
        file=${down[$version]:-}
        by=0
        by_psql "$file" || by=1
        if ! skein one down 1; then
            if add_half; then
                next=$((next + 1))
                continue
            fi
            [ "$by" = 1 ] || { diag "psql can do it: ${file##*/}" "$(cat "$scratch/said")"; bad=$((bad + 1)); }
            failing_down "$version" "$before"
            return
        fi
        [ "$by" = 0 ] || { diag "psql cannot do it: ${file##*/} $(psql_said)"; open_database reference one; }
        if same one reference "down to below $version"; then
            downs=$((downs + 1))
        else
            bad=$((bad + 1))
            open_database reference one
        fi
    done
}

# Up again from versions[FROM] to versions[TO]; some downs leave things about, then psql fails, too.
leg_up()
{
    local i file
    for ((i = $1; i <= $2; i++)); do
        file=${up[${versions[i]}]:-}
        by_psql "$file" && skein one up 1 && continue
        if [ -s "$scratch/psql" ] && ! skein one up 1 && right_place reference "$file"; then
            diag "not up again after its own down: $(said)"
            again_stopped=$((again_stopped + 1))
        else
            diag "up again: $(cat "$scratch/said") psql: $(cat "$scratch/psql")"
            bad=$((bad + 1))
        fi
        return
    done
    if same one reference "up again to ${versions[$2]}"; then
        again=$((again + 1))
    else
        bad=$((bad + 1))
    fi
}

all_down()
{
    local from=$((${#versions[@]} - 1)) stop
    downs=0 stopped=0 bad=0 again=0 again_stopped=0
    [ "$from" -ge 0 ] || return
    open_database reference one
    while :; do
        leg_down "$from"
        stop=$next
        [ -n "${first_stop:-}" ] || first_stop=$stop
        open_database reference one
        leg_up $((stop + 1)) "$from"
        [ "$stop" -gt 0 ] || break
        from=$((stop - 1))
        open_database one
        skein one goto "${versions[from]}" || { diag "$(cat "$scratch/said")"; bad=$((bad + 1)); break; }
        open_database reference one
    done
    is "$bad" 0 "$corpus: $downs downs as psql does them; $stopped stop, at the right place, and change nothing; up again"
    [ "$first_stop" -ge 0 ] && stop=${versions[first_stop]} || stop="the bottom"
    diag "without help it comes down to $stop; up again: $again as psql, $again_stopped fail as in psql"
    unset first_stop
}

# --- golang-migrate

by_golang()
{
    local tries=0 at=-1 next version
    if [ ! -x "$migrate" ]; then
        skip "$corpus: golang-migrate" "its command is not installed"
        return
    fi
    open_database golang
    until "$migrate" -path "$copy" -database "$(url golang)&sslmode=disable" up >"$scratch/golang" 2>&1; do
        next=$(ask golang 'SELECT version FROM schema_migrations WHERE dirty') && [ -n "$next" ] && ((tries++ < 50)) || break
        at=-1
        for version in "${versions[@]}"; do [ "$version" = "$next" ] && break; at=$version; done
        diag "golang-migrate cannot: $(tail -n 1 "$scratch/golang" | grep -oE 'pq: .*' | cut -c 1-100) (${up[$next]##*/})"
        "$migrate" -path "$copy" -database "$(url golang)&sslmode=disable" force -- "$at" >/dev/null 2>&1
        skein golang up 1 || { diag "$(cat "$scratch/said")"; break; }
    done
    ok "$corpus: golang-migrate, with skein for the $tries files that it refuses, ends with the same schema" same golang whole "at the end"
    is "$(ask golang 'SELECT version, dirty FROM schema_migrations')" "$(ask whole 'SELECT version, dirty FROM schema_migrations')" \
        "$corpus: and the same version"
}

# --- all of them

cp "$SKEIN" "$scratch/skein" && SKEIN=$scratch/skein
start_server
sql 'CREATE ROLE owner LOGIN' "$server_url"
declare -A up down
for directory; do
    corpus=$(basename "$directory")
    [ ! -d "$directory/migrations" ] || directory=$directory/migrations
    prepare=$directory/../prepare.sql copy=$scratch/$corpus/migrations
    mkdir -p "$copy" && cp "$directory"/* "$copy" || exit 1
    read_files
    total=${#versions[@]}
    all_up
    one_by_one
    all_down
    by_golang
done
done_testing
