#!/usr/bin/env bash
# The demo, and the db-* targets with the real binary, in a repository of its own on its own private server.
. "$(dirname "$0")/lib/tap.sh"

[ -n "$(server_programs)" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"
mkdir -p "$scratch/repo/scripts"
cd "$scratch/repo" || exit
cp "$root/scripts/demo" scripts/
cp -r "$root/services" .
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile
stop() { "$SKEIN" dev stop >/dev/null 2>&1; tap_cleanup; }
trap stop EXIT
export NO_COLOR=1

# --- the demo

run env DATABASE_URL=postgresql://nowhere.invalid/x PGHOST=nowhere.invalid APP_ENV=development scripts/demo "$SKEIN"
is "$status" 0 "the demo runs, whatever database the environment names" || diag "$stdout$stderr"
like "$stderr" '13 of 13 migrations done' "it applies all migrations of all services"
like "$stdout" 'user-service +000005 +create_online_users +applied' "and shows where they stand"
for service in user-service auth-service notification-service; do
    ok "every migration of $service is applied" test "$(grep -c "^$service .* applied " <<<"$stdout")" -ge 4
done
unlike "$stdout$stderr" 'nowhere' "and went nowhere else"
run scripts/demo "$SKEIN"
is "$status" 0 "a second demo"
like "$stdout$stderr" 'no change' "says that there is nothing to do"
unlike "$stderr" ' up  ' "and does nothing"

# --- targets, on that database

while IFS='|' read -r goal expected; do
    eval "run make -s $goal"
    is "$status" 0 "make $goal" || diag "$stdout$stderr"
    like "$stdout$stderr" "$expected" "make $goal: $expected"
done <<'END'
db-validate|3 services, 13 migrations
db-status|user-service: 5 applied
db-migrate-status-orchestrator SERVICE_NAME=user-service|user-service: 5 applied
db-migrate-list SERVICE_NAME=auth-service|create_sessions
db-migration-deps|create_online_users
db-migration-order|create_online_users
db-migrate-down SERVICE_NAME=user-service|000005_create_online_users
db-migrate-plan|000005_create_online_users
db-migrate-up DRY_RUN=1|000005_create_online_users
db-migrate-up COUNT=1|1 of 1 migration done
db-migrate|no change
db-rollback SERVICE_NAME=user-service MIGRATION=5|000005_create_online_users
db-migrate-all SERVICE_NAME=auth-service|000005_create_online_users
db-migrate-init-orchestrator|
db-seed-enhanced ENV=development|services/user-service/seeds/development.sql: unchanged
db-health|auth-service
db-schema|notification_service
db-tables|sessions
db-counts|sessions
db-status JSON=1|create_online_users
db-migrate-create SERVICE_NAME=user-service NAME=add_phone|000006_add_phone.up.sql
END
rm services/user-service/migrations/000006_*
for goal in db-reset db-clean db-setup db-fresh db-recreate db-drop db-create; do
    run make -s "$goal"
    is "$status" 0 "make $goal" || diag "$stdout$stderr"
done
run make -s -j8 db-setup db-migrate-down db-migrate-up db-status
like "$stdout" 'user-service: [0-9]+ applied' "many goals under -j8, in their order" || diag "$stdout$stderr"

# --- values that are no values

before=$(find . -path ./.skein -prune -o -print | sort)
for name in "'; rm -rf services; '" '$(shell touch pwned)' '../../evil' 'a/b' '-n' ''; do
    run make -s db-migrate-create SERVICE_NAME=user-service NAME="$name"
    isnt "$status" 0 "NAME=$name is refused"
done
for service in ../x '../../etc' '$(shell touch pwned)' "'; touch pwned; '" user_service; do
    run make -s db-status SERVICE_NAME="$service"
    isnt "$status" 0 "SERVICE_NAME=$service is refused"
    like "$stderr" 'user-service' "and the known services are named"
done
run make -s db-status ENV=nowhere
isnt "$status" 0 "an unknown environment is refused"
run make -s db-migrate-up COUNT=many
isnt "$status" 0 "a count that is no number is refused"
is "$(find . -path ./.skein -prune -o -print | sort)" "$before" "no file was made or lost"

done_testing
