# Carrying out what skein generates, for the tests generate_*.t.  They set `base`, a repository with the service
# shop-service, and `migrations` in it, write rows.sql into $scratch, and call prepare before the first try.
# shellcheck shell=bash

# The state that every case begins with; $1 is SQL for the server.
prepare()
{
    mkdir -p "$scratch/cases"
    new_database
    template=${DATABASE_URL#*@/} template=${template%%\?*}
    sql "$1" || return
    (cd "$base" && "$SKEIN" up >"$scratch/base.log" 2>&1) || { cat "$scratch/base.log"; return 1; }
    psql -X -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f "$scratch/rows.sql" || return
    server="${DATABASE_URL%%@/*}@/postgres?${DATABASE_URL#*\?}"
}

# After a REVOKE the owner's own privileges are written out, which changes nothing.  A column that comes back stands last:
# the number of a column in its comment tells no more than the order, which counts elsewhere.
fingerprint()
{
    psql -X -q -A -t "$DATABASE_URL" -f "$root/tests/campaign/fingerprint.sql" | sed 's|{postgres=[a-zA-Z]*/postgres}||; s|^\(comment table column .*\) [0-9]*: |\1: |'
}

# A command that has to say nothing wrong; what it prints is told when it does.
must()
{
    local words=$1 output
    shift
    if output=$("$@" 2>&1 </dev/null); then
        echo "ok $words"
    else
        echo "not ok $words"
        echo "$output"
        return 1
    fi
}

silent()
{
    local output
    output=$("$@" 2>&1) || { echo "$output"; return 1; }
    [ "$(grep -c . <<<"$output")" = 1 ] || { echo "$output"; return 1; }
}

same()
{
    diff "$1" "$2"
}

changed()
{
    ! cmp -s "$1" "$2"
}

# One case: $1 its number, then the arguments of generate, and behind -- a query with what it has to say afterwards.
carry_out()
{
    local place=$scratch/cases/$1 count i words query= arguments=()
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do arguments+=("$1"); shift; done
    [ $# -eq 0 ] || query=$2
    words=${arguments[*]}
    cp -a "$base" "$place" && cd "$place" || return
    export DATABASE_URL="${server%%@/*}@/case_${place##*/}?${server#*\?}"
    psql -X -q "$server" -c "CREATE DATABASE case_${place##*/} TEMPLATE $template STRATEGY file_copy" || return
    must "$words: is generated" "$SKEIN" generate --service shop-service "${arguments[@]}" || return
    # A renamed column takes two releases, and two generations.
    [[ " $words " != *' --type rename-column '* ]] ||
        must "$words: is generated again" "$SKEIN" generate --service shop-service "${arguments[@]}" || return
    for i in development production; do
        must "$words: nothing is found in $i" silent "$SKEIN" validate --environment "$i" --fail-on note
    done
    count=$(($(ls "$migrations" | grep -c '\.up\.sql$') - 1))
    fingerprint >0
    for ((i = 1; i <= count; i++)); do
        must "$words: up $i" "$SKEIN" up 1 || return
        fingerprint >"$i"
    done
    [[ " $words " = *' --type data '* ]] || must "$words: the schema is another one" changed 0 "$count"
    [ -z "$query" ] || must "$words: $query" eval '[ "$(psql -X -q -A -t "$DATABASE_URL" -c "$query")" = t ]'
    for ((i = count; i > 0; i--)); do
        must "$words: down $i" "$SKEIN" down 1 || return
        fingerprint >back
        must "$words: down $i leaves what was there before" same $((i - 1)) back
    done
    must "$words: up again" "$SKEIN" up || return
    must "$words: nothing is left invalid" eval '[ "$(psql -X -q -A -t "$DATABASE_URL" -c "$invalid")" = 0 ]'
    fingerprint >again
    must "$words: is the same again" same "$count" again
}

invalid='SELECT (SELECT count(*) FROM pg_index WHERE NOT indisvalid) + (SELECT count(*) FROM pg_constraint WHERE NOT convalidated)'
cases=0 running=()
declare -A bare given
try()
{
    local type=$2
    if [ $# -gt 2 ] && [ "$3" != -- ]; then given[$type]=yes; else bare[$type]=yes; fi
    set -- "$1" --type "${@:2}"
    cases=$((cases + 1))
    (trap - EXIT; carry_out "$cases" "$@") >"$scratch/cases/$cases.log" 2>&1 &
    running+=($!)
    [ $((cases % 4)) -ne 0 ] || finish
}

finish()
{
    [ ${#running[@]} -eq 0 ] || wait "${running[@]}"
    running=()
}

# In a directory of the service's repository: $1 the type, $2 what the error says, then the arguments.
refuse()
{
    run "$SKEIN" generate --service shop-service --type "$1" "${@:3}"
    isnt "$status" 0 "$1 ${*:3} is refused"
    like "$stderr" "$2" "and it says why"
    bare[$1]=yes
}

# Tells the results of all cases.
report()
{
    local i line
    for ((i = 1; i <= cases; i++)); do
        while IFS= read -r line; do
            case $line in
            'ok '*) pass "${line#ok }" ;;
            'not ok '*) fail "${line#not ok }" ;;
            *) diag "$line" ;;
            esac
        done <"$scratch/cases/$i.log"
    done
}
