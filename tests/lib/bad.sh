# For the tests of bad input, over tap.sh.
#
#   repository                 a fresh repository of two services, a fresh database; the working directory is in it
#   skein ARGUMENTS…           runs it; sets $status, $stdout, $stderr
#   refused NAME STATUS REGEX ARGUMENTS…
#                              skein ends so, prints one error that matches, and leaves files and database as they were
#   json                       $stdout is JSON, each line of it
#   as_nobody COMMAND…         as a user who owns nothing;  as=as_nobody refused …

repositories=0 unwritten=
users=services/users/migrations orders=services/orders/migrations

repository()
{
    repositories=$((repositories + 1))
    mkdir -p "$scratch/repository$repositories/services/"{users,orders}/migrations
    cd "$scratch/repository$repositories" || exit
    echo 'create table a (id int);' >"$users/000001_a.up.sql"
    echo 'drop table a;' >"$users/000001_a.down.sql"
    echo 'create table o (id int);' >"$orders/000001_o.up.sql"
    echo 'drop table o;' >"$orders/000001_o.down.sql"
    # A database that nobody wrote to is as good as new.
    [ -n "$unwritten" ] && [ "$(database_mark)" = "$unwritten" ] || new_database
    unwritten=$(database_mark)
}

as_nobody()
{
    setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"
}

skein()
{
    run ${as:-} "$SKEIN" "$@"
}

# The transaction counter does not stand still when anything is written, whatever it is; nor do the files' times.
database_mark()
{
    sql "SELECT pg_snapshot_xmax(pg_current_snapshot())" "$server_url"
}

files_mark()
{
    find . -printf '%p %y %m %s %T@ %C@\n' 2>/dev/null | sort | sha256sum
}

refused()
{
    local name=$1 expected=$2 regex=$3 database files errors
    shift 3
    database=$(database_mark) files=$(files_mark)
    skein "$@"
    is "$status" "$expected" "$name: exit $expected" || diag "$stdout" "$stderr"
    like "${stderr//$'\n'/ }" "$regex" "$name: says so"
    [ "$expected" -ne 0 ] || return 0
    errors=$(grep -c '^error: ' <<<"$stderr")
    is "$errors" 1 "$name: one error" || diag "$stderr"
    is "$(database_mark),$(files_mark)" "$database,$files" "$name: database and files are untouched"
}

json()
{
    python3 -c 'import json, sys
for line in sys.stdin: json.loads(line)' <<<"$stdout"
}
