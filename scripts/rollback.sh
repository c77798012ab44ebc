#!/bin/sh
# scripts/rollback.sh VERSION [OPTION…]: rolls back everything above VERSION.  Anything else, such as
# `--migration ID`, goes to `skein rollback` as it is.
set -eu
skein=${SKEIN:-$(dirname "$0")/../build/skein}

case ${1:-} in
*[!0-9]* | '') exec "$skein" rollback "$@" ;;
*)
    version=$1
    shift
    exec "$skein" rollback --to-version "$version" "$@"
    ;;
esac
