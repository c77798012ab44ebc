#!/usr/bin/env bash
# skein renumber: two branches take one number; the merge is settled before anything is applied.
. "$(dirname "$0")/lib/tap.sh"

export NO_COLOR=1 GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
migrations=services/order-service/migrations

commit()
{
    git add -A && git commit -qm "$1"
}

# main has 000001; then main and branch `mine` both take 000002, and mine 000003 on top of it.
fork()
{
    rm -rf "$scratch/shop"
    mkdir -p "$scratch/shop/$migrations" "$scratch/shop/services/user-service/migrations" && cd "$scratch/shop" || exit
    git init -q -b main
    "$SKEIN" generate add_orders --type table --service order-service >/dev/null
    "$SKEIN" generate add_users --type table --service user-service >/dev/null
    commit base
    git switch -qc mine
    "$SKEIN" generate add_notes --type table --service order-service >/dev/null
    "$SKEIN" generate add_note_files --type table --service order-service --columns note_id:references=notes >/dev/null
    "$SKEIN" generate add_marks --type table --service user-service \
        --columns note_id:references=order_service.notes >/dev/null
    commit mine
    git switch -q main
    "$SKEIN" generate add_prices --type table --service order-service >/dev/null
    commit theirs
}

fork
git switch -q mine
git merge -q main >/dev/null 2>&1
git checkout -q --theirs "$migrations/docs/migration_000002.md"
# Both wrote an entry 000002; who merges keeps that of main and his own 000003.
cat >"$migrations/dependencies.json" <<'END'
{
  "migrations": {
    "000001": { "depends_on": [] },
    "000002": { "depends_on": ["000001"], "affects_tables": ["order_service.prices"] },
    "000003": { "depends_on": ["000002"], "affects_tables": ["order_service.note_files"] }
  }
}
END
commit merge
run "$SKEIN" validate
is "$status" 1 "after the merge a version is there twice"

run "$SKEIN" renumber --service order-service
is "$status" 0 "renumber settles it"
is "$stdout" "000002_add_notes -> 000003_add_notes
000003_add_note_files -> 000004_add_note_files" "what only this branch has moves behind all others, in its order"
is "$(cd "$migrations" && ls ./*.sql docs)" "./000001_add_orders.down.sql
./000001_add_orders.up.sql
./000002_add_prices.down.sql
./000002_add_prices.up.sql
./000003_add_notes.down.sql
./000003_add_notes.up.sql
./000004_add_note_files.down.sql
./000004_add_note_files.up.sql

docs:
migration_000001.md
migration_000002.md
migration_000003.md
migration_000004.md" "with its halves and its page"
like "$(cat "$migrations/docs/migration_000004.md")" '# 000004 Add note files' "the page says the new number"
is "$(sed -n '4,5p' "$migrations/dependencies.json")" \
    '    "000002": { "depends_on": ["000001"], "affects_tables": ["order_service.prices"] },
    "000004": { "depends_on": ["000003"], "affects_tables": ["order_service.note_files"] },' \
    "what dependencies.json says of what moved is renamed, what it says of what stays is not"
like "$(cat "$migrations/dependencies.json")" '"000003": \{[^}]*"depends_on": \["000001"\][^}]*order_service\.notes' "the entry that the merge lost comes from this branch"
like "$(cat services/user-service/migrations/dependencies.json)" '"order-service": \["000003"\]' "in other services, too"
run "$SKEIN" validate
is "$stdout" "2 services, 6 migrations: 0 errors, 0 warnings" "validate has nothing to say"
run "$SKEIN" renumber --service order-service
is "$stdout" "nothing to renumber" "a second time there is nothing to do"

# --- in the middle of a merge

# entries EXPRESSION: of each entry of dependencies.json, by version; $e is the entry.
entries()
{
    perl -MJSON::PP -0777 -ne 'my $d = decode_json($_); my $m = $d->{migrations};
        print join(" ", map { my $e = $m->{$_}; "$_=" . '"$1"' } sort keys %$m), "\n"' "$migrations/dependencies.json"
}

# merged SIDE: the state that a merge leaves, dependencies.json and the page as SIDE says: torn, ours or theirs.
merged()
{
    fork
    git switch -q mine
    sed -i 's/"migrations": {/"global_config": { "max_parallel_migrations": 1 },\n  "migrations": {/' "$migrations/dependencies.json"
    commit config
    git merge -q main >/dev/null 2>&1
    [ "$1" = torn ] || git checkout -q "--$1" "$migrations/docs/migration_000002.md" "$migrations/dependencies.json"
}

for side in torn ours theirs; do
    merged "$side"
    run "$SKEIN" renumber --service order-service
    is "$status" 0 "$side: it is settled while the merge waits"
    is "$(entries '$e->{affects_tables}[0] . "," . join("+", @{$e->{depends_on}})')" \
        "000001=order_service.orders, 000002=order_service.prices,000001 000003=order_service.notes,000001 000004=order_service.note_files,000003" \
        "$side: each migration has its entry, and needs what it needed"
    like "$(cat "$migrations/dependencies.json")" 'max_parallel_migrations' "$side: what else this branch changed is there"
    is "$(grep -h '^# ' "$migrations"/docs/migration_00000[234].md | tr '\n' ' ')" "# 000002 Add prices # 000003 Add notes # 000004 Add note files " \
        "$side: each page is that of its migration"
    run "$SKEIN" validate
    is "$stdout" "2 services, 6 migrations: 0 errors, 0 warnings" "$side: validate has nothing to say"
done

merged torn
commit "conflicts and all"
run "$SKEIN" renumber
is "$stdout" "order-service 000002_add_notes -> 000003_add_notes
order-service 000003_add_note_files -> 000004_add_note_files" "all services without a name, and after the merge as well"
is "$(entries '1')" "000001=1 000002=1 000003=1 000004=1" "the entries are told apart"

# Two services, each with a conflict, and one needs what moves in the other.
fork
"$SKEIN" generate add_visits --type table --service user-service >/dev/null
commit "theirs, too"
git switch -q mine
git merge -q main >/dev/null 2>&1
run "$SKEIN" renumber --service order-service
is "$status" 2 "one service of two that wait for the merge cannot go alone"
like "$stderr" 'user-service/migrations/dependencies\.json waits for a merge.*without --service all services are settled at once' "and it is said why"
run "$SKEIN" renumber
is "$stdout" "order-service 000002_add_notes -> 000003_add_notes
order-service 000003_add_note_files -> 000004_add_note_files
user-service 000002_add_marks -> 000003_add_marks" "both together are settled"
is "$(migrations=services/user-service/migrations entries '($e->{cross_service_dependencies}{"order-service"} // ["none"])->[0]')" \
    "000001=none 000002=none 000003=000003" "what one needs of the other has its new number"
run "$SKEIN" validate
is "$stdout" "2 services, 7 migrations: 0 errors, 0 warnings" "validate has nothing to say"

# --- in the middle of a rebase

rm -rf "$scratch/shop"
mkdir -p "$scratch/shop/$migrations" && cd "$scratch/shop" || exit
git init -q -b main
"$SKEIN" generate add_orders --type table >/dev/null
commit base
git switch -qc mine
"$SKEIN" generate add_notes --type table >/dev/null && commit notes
"$SKEIN" generate add_marks --type table >/dev/null && commit marks
git switch -q main
"$SKEIN" generate add_prices --type table >/dev/null && commit prices
git switch -q mine
git rebase -q main >/dev/null 2>&1
run "$SKEIN" renumber
is "$stdout" "000002_add_notes -> 000003_add_notes" "the first commit of a rebase"
git add -A && GIT_EDITOR=true git rebase --continue >/dev/null 2>&1
run "$SKEIN" renumber add_marks
is "$stdout" "000003_add_marks -> 000004_add_marks" "the second one, which git has let through" || diag "$stderr"
git add -A
[ ! -d .git/rebase-merge ] || GIT_EDITOR=true git rebase --continue >/dev/null 2>&1
is "$(entries '$e->{affects_tables}[0] . "," . join("+", @{$e->{depends_on}})')" \
    "000001=order_service.orders, 000002=order_service.prices,000001 000003=order_service.notes,000001 000004=order_service.marks,000003" \
    "each migration has its entry"
is "$(grep -h '^# ' "$migrations"/docs/migration_00000[234].md | tr '\n' ' ')" "# 000002 Add prices # 000003 Add notes # 000004 Add marks " "and its page"
run "$SKEIN" validate
is "$stdout" "1 service, 4 migrations: 0 errors, 0 warnings" "validate has nothing to say"

fork
sed -i 's/"description": "Add orders"/"description": "Their orders"/' "$migrations/dependencies.json" && commit theirs
git switch -q mine
sed -i 's/"description": "Add orders"/"description": "Our orders"/' "$migrations/dependencies.json" && commit ours
git merge -q main >/dev/null 2>&1
before=$(find . -path ./.git -prune -o -type f -exec sha256sum {} + | sort)
run "$SKEIN" renumber
is "$status" 2 "what both branches changed is for people"
like "$stderr" "dependencies\\.json.*both branches changed \"description\"" "and is named"
is "$(find . -path ./.git -prune -o -type f -exec sha256sum {} + | sort)" "$before" "nothing has moved"

# --- named, and refused

fork
git switch -q mine
run "$SKEIN" renumber 000001_add_orders --service order-service
is "$status" 6 "what is on the base is refused"
like "$stderr" "000001_add_orders is on main already" "and it says where"
gap="$migrations/000004_add_notes.up.sql: note: nothing lies between 000001 and order-service 000004 [gap]"
run "$SKEIN" renumber add_notes --service order-service
is "$stdout" "000002_add_notes -> 000004_add_notes
000003_add_note_files -> 000005_add_note_files" "one by name, and with it what came after it"
like "$(cat "$migrations/dependencies.json")" '"000004": \{.*"depends_on": \["000001"\].*"000005": \{.*"depends_on": \["000004"\]' "their entries"
run "$SKEIN" validate
is "$stdout" "$gap
2 services, 5 migrations: 0 errors, 0 warnings" "validate has nothing to say but of the gap"
run "$SKEIN" renumber 17 --service order-service
is "$status" 2 "one that is not there"
like "$stderr" "order-service has no migration 17" "is named"

# Without a base nothing tells which one came first.
fork
rm -rf .git
cp "$migrations/000002_add_prices.up.sql" "$migrations/000002_add_other.up.sql"
run "$SKEIN" renumber --service order-service
is "$status" 2 "without git nobody knows which one moves"
like "$stderr" "say which one moves: skein renumber 000002_" "so one has to be named"
run "$SKEIN" renumber 000002_add_other --service order-service
is "$stdout" "000002_add_other -> 000003_add_other" "then it moves"

# A file in the way stops it, and nothing has moved.
fork
git switch -q mine
echo mine >"$migrations/docs/migration_000004.md"
before=$(find . -path ./.git -prune -o -type f -exec sha256sum {} + | sort)
run "$SKEIN" renumber add_notes --service order-service
is "$status" 2 "a file that is in the way stops it"
is "$(find . -path ./.git -prune -o -type f -exec sha256sum {} + | sort)" "$before" "and nothing has moved"
rm "$migrations/docs/migration_000004.md"

# --- environments

fork
git switch -q mine
echo '{"environments": {"development": {"migrations": ["development/000004_samples.up.sql"]}}}' >"$migrations/environments.json"
mkdir "$migrations/development"
echo "SELECT 1;" | tee "$migrations/development/000004_samples.up.sql" >"$migrations/development/000004_samples.down.sql"
run "$SKEIN" renumber samples --service order-service
is "$(cat "$migrations/environments.json")" \
    '{"environments": {"development": {"migrations": ["development/000005_samples.up.sql"]}}}' "environments.json follows"
ok "and so do the files" test -f "$migrations/development/000005_samples.down.sql"

# --- releases

fork
git switch -q mine
"$SKEIN" release 1.1.0 >/dev/null && commit "release 1.1.0"
git switch -q main
"$SKEIN" release 1.0.0 --service order-service >/dev/null && commit "release 1.0.0"
git switch -q mine
git merge -q main >/dev/null 2>&1
cat >"$migrations/dependencies.json" <<'END'
{"releases": {"1.0.0": "000002", "1.1.0": "000003"},
 "migrations": {"000001": {"depends_on": []}, "000002": {"depends_on": ["000001"]}, "000003": {"depends_on": ["000002"]}}}
END
git checkout -q --theirs "$migrations/docs/migration_000002.md"
commit merge
run "$SKEIN" renumber --service order-service
is "$status $(head -n 1 "$migrations/dependencies.json")" '0 {"releases": {"1.0.0": "000002", "1.1.0": "000004"},' \
    "a new release ends with what has moved, one of the base with what has not"

fork
"$SKEIN" release 1.0.0 --service order-service >/dev/null && commit "release 1.0.0"
git switch -q mine
"$SKEIN" release 1.0.0 --service order-service >/dev/null && commit "release 1.0.0, too"
git merge -q main >/dev/null 2>&1
run "$SKEIN" renumber
is "$status" 0 "where both branches made a release of one name it goes on"
like "$(cat "$migrations/dependencies.json")" '"releases": \{[[:space:]]*"1.0.0": "000002"' "the base's stays"
like "$stderr" 'release 1.0.0: the base has made one of that name, and it stays' "and it is said"

# --- what is applied

if [ -z "$(server_programs)" ]; then
    skip "what is applied is refused" "no PostgreSQL server programs; scripts/bootstrap test installs them"
else
    start_server
    new_database
    fork
    git switch -q mine
    "$SKEIN" up --quiet >/dev/null 2>&1
    run "$SKEIN" renumber add_notes --service order-service --connected
    is "$status" 6 "what is applied is refused"
    like "$stderr" "000002_add_notes is applied" "and it says so"
    run "$SKEIN" renumber add_notes --service order-service
    is "$status" 6 "without being asked, too, where a database is configured"
    DATABASE_URL='postgres:///x?host=/nowhere' run "$SKEIN" renumber add_notes --service order-service
    is "$status" 0 "where it cannot be asked, it goes on"
    like "$stderr" "nobody could tell whether one of them is applied: " "and says so"
fi

done_testing
