#!/usr/bin/env bash
# The tests on several versions of PostgreSQL, one after the other.
#
#   tests/campaign/versions.sh DIRECTORY…      each holds a version's postgres and initdb
#
# T names tests, all of tests/*.t without it.  psql may be older than a server, pg_dump may not: where pg_dump of PATH is
# older than a version, tests that compare dumps fail there, so put a new one into PATH.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit
[ $# -gt 0 ] || { sed -n '2,/^set/ { s/^# \{0,1\}//; /^set/!p; }' "$0" >&2; exit 2; }

failed=0
results=()
for directory; do
    version=$("$directory/postgres" --version) || { echo "$directory: no postgres there" >&2; exit 2; }
    echo "=== $version"
    # shellcheck disable=SC2086
    if SKEIN_PG_BIN=$directory prove -j"${PROVE_JOBS:-2}" --timer ${T:-tests/*.t}; then
        results+=("passed   $version")
    else
        results+=("FAILED   $version")
        failed=1
    fi
done
printf "%s\n" "" "${results[@]}"
exit "$failed"
