#!/bin/sh
# skein under the words of a migration engine: scripts/migrate.sh [WORD] [OPTION…]
#
#   migrate.sh                   apply what is pending; also `migrate` and `up`
#   migrate.sh initialize        create schemas and tracking tables
#   migrate.sh rollback VERSION  roll back everything above VERSION
#   migrate.sh force VERSION     record that VERSION is applied, and run nothing
#   migrate.sh status            what is applied and what is pending
#   migrate.sh validate          check the files
#
# Every other word and every option is skein's own: see `skein help`.  It works in the current directory.
set -eu
skein=${SKEIN:-$(dirname "$0")/../build/skein}
word=${1:-migrate}
[ $# -eq 0 ] || shift

case $word in
migrate) exec "$skein" up "$@" ;;
initialize) exec "$skein" init "$@" ;;
rollback) exec "$(dirname "$0")/rollback.sh" "$@" ;;
-h | --help | help) exec "$skein" help "$@" ;;
-*) exec "$skein" up "$word" "$@" ;;
*) exec "$skein" "$word" "$@" ;;
esac
