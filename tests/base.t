#!/usr/bin/env bash
# `skein validate --base`: migrations that another branch has already, against git as people have configured it.
. "$(dirname "$0")/lib/tap.sh"
command -v git >/dev/null || skip_all "no git"
unset ${!GIT_*}
export HOME=$scratch/home GIT_CONFIG_NOSYSTEM=1
mkdir "$HOME"
git config --global user.name tester
git config --global user.email tester@example.org
git config --global init.defaultBranch main

new_repository()
{
    rm -rf "$scratch/repository"
    git init -q "$@" "$scratch/repository"
    cd "$scratch/repository" || exit
    for service in a b; do
        mkdir -p services/$service/migrations
        for number in 1 2; do
            printf 'CREATE TABLE %s (id int);\n-- two\n' "t$number" >"services/$service/migrations/00000${number}_t$number.up.sql"
            echo "DROP TABLE t$number;" >"services/$service/migrations/00000${number}_t$number.down.sql"
        done
    done
    git add . && git commit -qm first && git branch base
}

findings() { grep 'edited-on-base' <<<"$stdout" | sed 's/ \[edited-on-base\]//'; }

new_repository
a=services/a/migrations b=services/b/migrations
run "$SKEIN" validate --base base
is "$status:$(findings)" "0:" "what is as it was is no finding"

sed -i 's/two/2/' $a/000001_t1.up.sql
run "$SKEIN" validate --base base
is "$status" 1 "an edited migration is an error"
like "$(findings)" "^$a/000001_t1.up.sql:2:1: error: .* is on base and was edited since: line 2 was \"-- two\"$" "at the first line that changed"
like "$stdout" "git checkout base -- $a/000001_t1.up.sql" "with what takes it back"
ok "which does" git checkout -q base -- $a/000001_t1.up.sql
run "$SKEIN" validate --base base
is "$status" 0 "and then all is well"
printf 'more\n' >>$a/000001_t1.up.sql && git commit -qam more
run "$SKEIN" validate --base base
like "$(findings)" 'up.sql:3:1: error: .*line 3 is new' "committed or not does not matter; a line that was added"
run "$SKEIN" --service b validate --base base
is "$status:$(findings)" "0:" "another service is not concerned"
git reset -q --hard base

printf 'CREATE TABLE t1 (id int);\n' >$a/000001_t1.up.sql
run "$SKEIN" validate --base base
like "$(findings)" 'line 2 was "-- two"' "a line that is gone"
git reset -q --hard base

rm $a/000002_t2.down.sql
run "$SKEIN" validate --base base
like "$(findings)" "^$a/000002_t2.down.sql: error: .* was removed since$" "a half that is gone"
git reset -q --hard base

git mv $a/000002_t2.up.sql $a/000002_other.up.sql && mv $a/000002_t2.down.sql $a/000002_other.down.sql
run "$SKEIN" validate --base base
like "$(findings)" "000002_other.up.sql: error: 000002_t2.up.sql is on base and was renamed to 000002_other.up.sql" "another name"
like "$(findings)" "000002_other.down.sql: error: 000002_t2.down.sql .* renamed to 000002_other.down.sql" "also where git was not told of it"
git reset -q --hard base && git clean -fdq
for half in up down; do git mv $a/000002_t2.$half.sql $a/000003_t2.$half.sql; done
run "$SKEIN" validate --base base
is "$(findings | grep -c 'renamed to 000003')" 2 "another number"
git reset -q --hard base && git clean -fdq

rm -r services/b
run "$SKEIN" validate --base base
is "$(findings | grep -c 'was removed')" 4 "a whole service that is gone"
git reset -q --hard base

echo 'CREATE TABLE t3 ();' >$a/000003_t3.up.sql && echo 'DROP TABLE t3;' >$a/000003_t3.down.sql
chmod +x $a/000001_t1.up.sql
touch $a/* $b/*
echo text >$a/README
run "$SKEIN" validate --base base
is "$status:$(findings)" "0:" "new migrations, times, modes and other files are none of it"
git add . && git commit -qm third && git branch -q other
git checkout -q -B main base
run "$SKEIN" validate --base other
is "$status:$(findings)" "0:" "what came to the other branch after this one left it is not missing"

# --- surroundings
for reference in nothing -x "$(printf '%040d' 7)"; do
    run "$SKEIN" validate "--base=$reference"
    is "$status" 2 "no commit: $reference"
    like "$stderr" "git knows no commit \"$reference\"" "is named"
done
run "$SKEIN" validate --base base $a/000001_t1.up.sql
is "$status" 2 "single files are of no branch"
run env PATH="$scratch/empty" "$SKEIN" validate --base base
is "$status" 2 "without git"
like "$stderr" 'cannot run git' "says so"
mkdir -p "$scratch/outside/services/x/migrations"
cd "$scratch/outside" || exit
run "$SKEIN" validate --base base
is "$status" 2 "outside of a repository"
like "$stderr" 'not in the working tree of a git repository' "says so"
sed -i 's/two/2/' "$scratch/repository/$a/000001_t1.up.sql"
run env SKEIN_SERVICES_PATH="$scratch/repository/services" "$SKEIN" validate --base base
like "$(findings)" '000001_t1.up.sql:2:1: error' "the services' repository counts, not the working directory's"
cd "$scratch/repository/services/a/migrations" || exit
run "$SKEIN" validate --base base
like "$(findings)" '^000001_t1.up.sql:2:1: error' "paths are shown from the working directory"
cd "$scratch/repository" || exit
run "$SKEIN" --migrations $a validate --base base
like "$(findings)" "^$a/000001_t1.up.sql:2:1: error" "one directory of migrations"
git worktree add -q "$scratch/tree" base
cd "$scratch/tree" && sed -i 's/t2/t9/' $b/000002_t2.up.sql
run "$SKEIN" validate --base base
is "$(findings | cut -d: -f1)" "$b/000002_t2.up.sql" "another working tree"

cd "$scratch/repository" && git checkout -q . && echo '*.sql text' >.gitattributes && git add . && git commit -qm attributes
for setting in core.autocrlf=true diff.renames=false diff.noprefix=true diff.mnemonicPrefix=true diff.external=false color.ui=always \
               core.quotePath=true diff.relative=true status.renames=false diff.autoRefreshIndex=false; do
    git config --global "${setting%%=*}" "${setting#*=}"
    git rm -qr --cached . && git reset -q --hard && touch $a/*
    run "$SKEIN" validate --base base
    is "$status:$(findings)" "0:" "$setting: nothing changed"
    sed -i 's/two/2/' $a/000001_t1.up.sql
    run "$SKEIN" validate --base base
    like "$(findings)" '^services/a/migrations/000001_t1.up.sql:2:1: error: .*"-- two"$' "$setting: an edit is found"
    git checkout -q .
    git config --global --unset "${setting%%=*}"
done
git reset -q --hard
printf 'CREATE TABLE t1 (id int);\r\n-- two\r\n' >$a/000001_t1.up.sql
echo '*.sql -text' >.gitattributes
run "$SKEIN" validate --base base
like "$(findings)" 'the ends of its lines were changed' "other ends of lines are other bytes"

name=$'000004_\xc3\xa4 "b" c.up.sql'
git reset -q --hard
echo 'SELECT 1;' >"$a/$name" && git add . && git commit -qm odd && git branch odd && echo 'SELECT 2;' >"$a/$name"
run "$SKEIN" validate --base odd
like "$(findings)" 'ä "b" c.up.sql:1:1: error' "names that git would quote"

git clone -q --depth 1 "file://$scratch/repository" "$scratch/shallow"
cd "$scratch/shallow" && git fetch -q --depth 1 origin other && sed -i 's/two/2/' $a/000001_t1.up.sql
run "$SKEIN" validate --base FETCH_HEAD
like "$(findings)" '000001_t1.up.sql:2:1: error' "a clone without history is compared with the branch as it is"
like "$stdout" 'note: git does not know where this branch left .*base-unrelated' "and says that"

if git init -q --object-format=sha256 "$scratch/probe" 2>/dev/null; then
    new_repository --object-format=sha256
    sed -i 's/two/2/' $a/000001_t1.up.sql && rm $b/000002_t2.down.sql
    run "$SKEIN" validate --base base
    is "$(findings | wc -l)" 2 "a repository of SHA-256"
else
    skip "a repository of SHA-256" "this git has none"
fi

# --- how many programs are started
new_repository
for number in $(seq 3 40); do
    printf 'CREATE TABLE t%s (id int);\n' "$number" >"$a/$(printf %06d "$number")_t$number.up.sql"
done
git add . && git commit -qm many && git branch -f base && sed -i 's/int/bigint/' $a/*.up.sql
mkdir "$scratch/bin"
printf '#!/bin/sh\necho >>%q\nexec %q "$@"\n' "$scratch/count" "$(command -v git)" >"$scratch/bin/git"
chmod +x "$scratch/bin/git"
run env PATH="$scratch/bin:$PATH" "$SKEIN" validate --base base
is "$(findings | wc -l):$(wc -l <"$scratch/count")" "40:6" "forty edited files: git is started six times, not forty"

# --- new migrations below the latest one of the base
new_repository
git checkout -q -b later base
echo 'CREATE TABLE a.t9 (id int);' >$a/000009_t9.up.sql
echo 'DROP TABLE a.t9;' >$a/000009_t9.down.sql
git add . && git commit -qm later
git checkout -q main
for number in 7 10; do
    echo "CREATE TABLE a.t$number (id int);" >$a/0000$(printf %02d $number)_t$number.up.sql
    echo "DROP TABLE a.t$number;" >$a/0000$(printf %02d $number)_t$number.down.sql
    echo "CREATE TABLE b.t$number (id int);" >$b/0000$(printf %02d $number)_t$number.up.sql
    echo "DROP TABLE b.t$number;" >$b/0000$(printf %02d $number)_t$number.down.sql
done
run "$SKEIN" validate --base later
is "$(grep -o '.*non-linear-history' <<<"$stdout")" \
    "$a/000007_t7.up.sql: warning: a 000007 comes before 000009, which is on later already [non-linear-history" \
    "a new migration below the latest one of the base"
like "$stdout" 'outside' "with why"
run "$SKEIN" validate --base base
unlike "$stdout" 'non-linear' "above what is there, the order is kept"

done_testing
