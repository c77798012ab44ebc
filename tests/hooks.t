#!/usr/bin/env bash
# `skein validate --staged` and the git hooks: what would be committed is what is judged, and only that.
. "$(dirname "$0")/lib/tap.sh"
command -v git >/dev/null || skip_all "no git"
unset ${!GIT_*}
export HOME=$scratch/home GIT_CONFIG_NOSYSTEM=1 TMPDIR=$scratch/tmp
mkdir "$HOME" "$TMPDIR"
git config --global user.name tester
git config --global user.email tester@example.org
git config --global init.defaultBranch main
git config --global advice.detachedHead false

# migration SERVICE VERSION [UP [DOWN]]
migration()
{
    mkdir -p "services/$1/migrations"
    printf '%s\n' "${3:-CREATE TABLE $1.t$2 (id int);}" >"services/$1/migrations/00000$2_t$2.up.sql"
    printf '%s\n' "${4:-DROP TABLE $1.t$2;}" >"services/$1/migrations/00000$2_t$2.down.sql"
}

errors() { sed -n 's/^\([^ ]*\): error: .*\[\(.*\)\]$/\1 \2/p' <<<"$stdout"; }

git init -q "$scratch/shop" && cd "$scratch/shop" || exit
migration a 1 && migration b 1 'SELEC 1;'
run "$SKEIN" validate --staged
is "$status" 0 "before the first commit"
like "$stdout" 'nothing of it is staged' "with nothing staged"
git add services/a && run "$SKEIN" validate --staged
is "$status:$(errors)" "0:" "what is not staged is not judged"
git add . && run "$SKEIN" validate --staged
is "$status:$(errors)" "1:services/b/migrations/000001_t1.up.sql:1:1 syntax" "what is staged is"
git commit -qm first
run "$SKEIN" validate --staged
is "$status:$(errors)" "0:" "nor is what was committed before"
echo text >README && git add . && run "$SKEIN" validate --staged
like "$status:$stdout" '^0:nothing of it' "other files are nobody's business"

# --- the index, not the working tree
migration a 2 'SELEC 2;' && git add . && migration a 2
run "$SKEIN" validate --staged
is "$status:$(errors)" "1:services/a/migrations/000002_t2.up.sql:1:1 syntax" "mended in the working tree, wrong in the index"
like "$stdout" '     1 \| SELEC 2;' "with the index's text"
git add . && migration a 2 'SELEC 2;'
run "$SKEIN" validate --staged
is "$status:$(errors)" "0:" "wrong in the working tree, right in the index"
rm services/a/migrations/000002_t2.down.sql
run "$SKEIN" validate --staged
unlike "$stdout" 'missing-half' "gone from the working tree"
git rm -q --cached services/a/migrations/000002_t2.down.sql && migration a 2
run "$SKEIN" validate --staged
like "$stdout" '000002_t2.up.sql: warning: .*no down half .missing-half' "there, but not in the index: the commit would be without it"
git add . && migration b 3 'SELEC 3;'
run "$SKEIN" validate --staged
is "$status:$(errors)" "0:" "an unknown file changes nothing"
is "$(ls -A "$TMPDIR")" "" "copies of the index are removed"
cd services/a || exit
migration_text=$(cat migrations/000002_t2.up.sql)
echo 'SELEC 2;' >migrations/000002_t2.up.sql && git add . && echo "$migration_text" >migrations/000002_t2.up.sql
run "$SKEIN" validate --staged
is "$(errors)" "migrations/000002_t2.up.sql:1:1 syntax" "paths are those of the working directory"
git add . && cd ../.. || exit
cp services/a/migrations/000002_t2.up.sql services/a/migrations/000001_other.up.sql && git add . && touch services/b/x.sql
run "$SKEIN" validate --staged
like "$(errors)" 'duplicate' "a number that the repository has already"
git rm -qf services/a/migrations/000001_other.up.sql && rm services/b/x.sql
echo '{"migrations": {"000001_t1": {"cross_service_dependencies": {"nowhere": ["000001"]}}}}' >services/b/migrations/dependencies.json
git add . && run "$SKEIN" validate --staged
like "$(errors)" 'dependencies.json' "declarations"
git reset -q --hard && git clean -fdq
echo '{"migrations": {"000001_t1": {"cross_service_dependencies": {"a": ["000001"]}}}}' >services/b/migrations/dependencies.json
git add . && git commit -qm needs && git rm -q services/a/migrations/000001_* && migration a 2 && git add .
run "$SKEIN" validate --staged
like "$(errors)" 'services/b/migrations/dependencies.json' "a migration goes that another service needs"
git reset -q --hard && git clean -fdq
mkdir services/a/seeds other && echo 'SELECT 1;' >other/seed.sql && echo 'SELEC 1;' >services/a/seeds/development.sql
echo '{"environments": {"development": {"seed_files": ["other/seed.sql", "services/a/seeds/development.sql"]}}}' >services/a/migrations/environments.json
git add . && echo 'SELECT 1;' >services/a/seeds/development.sql
run "$SKEIN" validate --staged
is "$status:$(errors)" "1:services/a/seeds/development.sql:1:1 syntax" "seed files, and none is missed that lies elsewhere"
git reset -q --hard && git clean -fdq
git rm -q services/a/migrations/000001_t1.down.sql
run "$SKEIN" validate --staged --base HEAD
like "$(errors)" '000001_t1.down.sql edited-on-base' "with --base, what goes from it"
git reset -q --hard
echo '-- edited' >>services/a/migrations/000001_t1.up.sql
run "$SKEIN" validate --staged --base HEAD
is "$(errors)" "" "not before it is staged"
git add . && run "$SKEIN" validate --staged --base HEAD
is "$(errors)" "services/a/migrations/000001_t1.up.sql:2:1 edited-on-base" "but then"
git reset -q --hard
migration a 2 'SELEC 2;' && git add . && migration a 2
echo 'services_path: services' >skein.yaml && git add skein.yaml
for where in --services-path="$scratch/shop/services" --services-path=services --config=. ; do
    run "$SKEIN" "$where" validate --staged
    is "$(errors)" "services/a/migrations/000002_t2.up.sql:1:1 syntax" "$where"
done
run "$SKEIN" --migrations services/a/migrations validate --staged
is "$(errors)" "services/a/migrations/000002_t2.up.sql:1:1 syntax" "one directory of migrations"
run "$SKEIN" validate --staged services/a/migrations/000002_t2.up.sql
is "$status" 2 "single files are not staged"
git reset -q --hard && git clean -fdq

# --- make db-hooks
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile
run make db-hooks
is "$status:$stdout" "0:installed $scratch/shop/.git/hooks/pre-commit" "make db-hooks"
before=$(cat .git/hooks/pre-commit)
run make db-hooks
is "$status:$(cat .git/hooks/pre-commit)" "0:$before" "again is harmless"
is "$(ls .git/hooks | grep -v sample)" "pre-commit" "and leaves nothing else"
git add Makefile
run git commit -qm make
is "$status:$stdout$stderr" "0:" "a commit without migrations passes without a word"
migration a 2 'SELEC 2;' && git add .
run git commit -qm wrong
is "$status" 1 "a wrong migration does not pass"
like "$stdout$stderr" 'services/a/migrations/000002_t2.up.sql:1:1: error' "and the place is shown"
run git commit -qm wrong services/a/migrations/000002_t2.down.sql
is "$status" 0 "a commit of one file judges this file: git makes an index for it"
run git commit -qam wrong
is "$status" 1 "commit -a"
migration a 2 && run git commit -qam right
is "$status" 0 "a right one passes"
migration a 3 'SELEC 3;' && git add . && cd services || exit
run git commit -qm wrong
is "$status" 1 "from a directory below"
cd "$scratch" && run git -C shop commit -qm wrong
is "$status" 1 "with -C"
run env GIT_DIR=shop/.git GIT_WORK_TREE=shop git commit -qm wrong
is "$status" 1 "with GIT_DIR and GIT_WORK_TREE"
cd shop && run git commit -qm wrong --no-verify
is "$status" 0 "--no-verify is git's own way out"
git reset -q --hard HEAD~1
migration a 3 && git add . && git commit -qm three && echo '-- x' >>services/a/migrations/000003_t3.up.sql && git add .
run git commit -q --amend -m three
is "$status" 0 "--amend"
git worktree add -q "$scratch/tree" -b tree && cd "$scratch/tree" && migration b 4 'SELEC 4;' && git add .
run git commit -qm wrong
is "$status" 1 "the hook works in another working tree"
run make db-hooks
like "$stdout" "installed .*shop/.git/hooks/pre-commit" "where it is the same one"
git checkout -q --orphan empty && git rm -rqf . && echo x >x && git add x
run git commit -qm x
is "$status:$stdout$stderr" "0:" "a branch without services"
cd "$scratch/shop" || exit
run make db-hooks REMOVE=1
is "$status:$(ls .git/hooks | grep -v sample)" "0:" "REMOVE=1 takes it away"
run make db-hooks REMOVE=1
is "$status" 0 "again is harmless"
for foreign in file link; do
    if [ "$foreign" = file ]; then echo 'echo mine' >.git/hooks/pre-commit; else ln -s nowhere .git/hooks/pre-commit; fi
    run make db-hooks
    is "$status" 2 "a hook of somebody else's stays: $foreign"
    like "$stderr" "scripts/pre-commit' \|\| exit" "and what to add is said"
    rm .git/hooks/pre-commit
done
printf '#!/bin/sh\n%s\necho mine\n' "$(sed -n 's/^skein:     //p' <<<"$stderr")" >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
git reset -q --hard && migration a 4 'SELEC 4;' && git add .
run git commit -qm wrong
is "$status" 1 "added to that hook, it works"
migration a 4 && git add .
run git commit -qm right
like "$status:$stdout$stderr" '^0:mine' "and the rest of the hook runs"
run make db-hooks REMOVE=1
is "$status" 2 "such a hook is not removed"
rm .git/hooks/pre-commit
mkdir "$scratch/my hooks" .husky
git config core.hooksPath "$scratch/my hooks"
run make db-hooks
is "$status:$(ls "$scratch/my hooks")" "2:" "hooks for all repositories are left alone"
like "$stderr" 'core.hooksPath' "with the reason"
git config core.hooksPath .husky
run make db-hooks
is "$status:$stdout" "0:installed $scratch/shop/.husky/pre-commit" "core.hooksPath"
migration a 5 'SELEC 5;' && git add services
run git commit -qm wrong
is "$status" 1 "which works"
git config --unset core.hooksPath && git reset -q --hard

git init -q "$scratch/one repository" && cd "$scratch/one repository" && mkdir -p "the project's/services" && cd "the project's" || exit
cp "$scratch/shop/Makefile" . && migration a 1 'SELEC 1;' && git add .
run make db-hooks
is "$status" 0 "a project that is not the top of its repository"
run git commit -qm wrong
is "$status" 1 "is found by the hook"
like "$stdout$stderr" 'services/a/migrations/000001_t1.up.sql:1:1: error' "wherever git is called"
mkdir "$scratch/nothing" && cd "$scratch/nothing" && cp "$scratch/shop/Makefile" .
run make db-hooks
is "$status" 2 "without a repository"
like "$stderr" 'no git repository' "says so"
cd "$scratch/shop" || exit
migration a 5 && git add .
run env SKEIN=/nowhere/skein PATH=/usr/bin:/bin "$root/scripts/pre-commit"
is "$status" 1 "without a binary nothing passes unseen"

# --- the framework
if python3 -c 'import yaml' 2>/dev/null; then
    ok ".pre-commit-hooks.yaml is YAML" python3 -c 'import sys, yaml; [h] = yaml.safe_load(open(sys.argv[1])); assert h["id"] == "skein-validate"' "$root/.pre-commit-hooks.yaml"
else
    skip ".pre-commit-hooks.yaml is YAML" "no python3 with yaml"
fi
if command -v pre-commit >/dev/null; then
    export PRE_COMMIT_HOME=$scratch/pre-commit PATH=$(dirname "$SKEIN"):$PATH
    git init -q "$scratch/skein" && cp "$root/.pre-commit-hooks.yaml" "$scratch/skein" &&
        git -C "$scratch/skein" add . && git -C "$scratch/skein" commit -qm hooks
    git reset -q --hard && git clean -fdq
    printf 'repos:\n- repo: %s\n  rev: %s\n  hooks: [{id: skein-validate}]\n' "$scratch/skein" \
        "$(git -C "$scratch/skein" rev-parse HEAD)" >.pre-commit-config.yaml
    git add . && git commit -qm framework && pre-commit install >/dev/null
    migration a 5 'SELEC 5;' && git add . && migration a 5
    run git commit -m wrong
    is "$status" 1 "the framework's hook"
    like "$stdout$stderr" '000005_t5.up.sql:1:1: error' "says what is wrong"
    git add . && run git commit -m right
    is "$status" 0 "and lets pass what is right"
    echo >>Makefile && git add . && run git commit -m other
    like "$stdout$stderr" 'Skipped' "it does not run without migrations"
    pre-commit uninstall >/dev/null
else
    skip "the framework's hook" "no pre-commit in PATH (pip install pre-commit)"
fi

# --- time
git reset -q --hard && git clean -fdq
for number in $(seq 100 1099); do
    printf 'CREATE TABLE t%s (id bigint PRIMARY KEY, name text NOT NULL);\nCREATE INDEX ON t%s (name);\n' "$number" "$number" >"services/a/migrations/00$(printf %04d "$number")_t.up.sql"
    printf 'DROP TABLE t%s;\n' "$number" >"services/a/migrations/00$(printf %04d "$number")_t.down.sql"
done
git add . && git commit -qm thousand
echo 'SELECT 1;' >services/a/migrations/002000_x.up.sql && echo 'SELECT 1;' >services/a/migrations/002000_x.down.sql && git add .
# microseconds COMMAND…: of one run
microseconds()
{
    local begin=${EPOCHREALTIME/./}
    "$@" >/dev/null 2>&1
    echo $((${EPOCHREALTIME/./} - begin))
}
# The quickest runs count, of both in turns: a machine that is busy for a while is so for both, and then they go on.
is_quick()
{
    local now limit
    reference=999999999 best=999999999
    for turn in $(seq 60); do
        now=$(microseconds git status --porcelain) && [ "$now" -ge "$reference" ] || reference=$now
        now=$(microseconds "$SKEIN" validate --staged) && [ "$now" -ge "$best" ] || best=$now
        limit=$((reference * 20 > 100000 ? reference * 20 : 100000))
        [ "$turn" -ge 7 ] && [ "$best" -lt "$limit" ] && return 0
    done
    return 1
}
unset TMPDIR
for how in "as in the index" "with another edit in the working tree"; do
    name="in less than 100 ms, or twenty times git status where all is slow: $how"
    case $SKEIN in
    */sanitize/*) skip "$name" "sanitizers take their time" ;;
    *)
        if is_quick; then pass "$name"; else fail "$name"; fi
        diag "one of 1,000 migrations is staged, working tree $how: $best us, $(awk "BEGIN { printf \"%.1f\", $best / $reference }") times git status ($reference us), after $turn turns"
        ;;
    esac
    echo '-- x' >>services/a/migrations/000500_t.up.sql
done

# --- a conflict
rm -rf "$scratch/conflict" && git init -q "$scratch/conflict" && cd "$scratch/conflict" || exit
migration a 1 && git add . && git commit -qm one
git checkout -qb side && migration a 1 'CREATE TABLE a.t1 (id bigint);' && git commit -qam two
git checkout -q main && migration a 1 'CREATE TABLE a.t1 (id text);' && git commit -qam three
git merge -q side >/dev/null 2>&1
run "$SKEIN" validate --staged
like "$status:$stderr" '^2:.*services/a/migrations/000001_t1.up.sql is not merged yet' "a conflict is to be resolved first"

# --- a service that is a repository of its own
git init -q "$scratch/part" && cd "$scratch/part" && mkdir migrations && echo 'SELECT 1;' >migrations/000001_a.up.sql || exit
git add . && git commit -qm one && git init -q "$scratch/whole" && cd "$scratch/whole" || exit
migration b 1 && git -c protocol.file.allow=always submodule --quiet add "$scratch/part" services/a && git add . && git commit -qm one
echo 'SELEC 2;' >services/a/migrations/000001_a.up.sql && git -C services/a add . && cd services/a || exit
run "$SKEIN" --services-path .. validate --staged
like "$status:$stderr" '^2:.*services/a is a git repository of its own.*hint: .*--migrations' "another repository's index does not answer for it"
run "$SKEIN" --migrations migrations validate --staged
is "$status:$(errors)" "1:migrations/000001_a.up.sql:1:1 syntax" "with --migrations its own does"
cd ../.. && run "$SKEIN" validate --staged
like "$status:$stdout" '^0:nothing of it' "it is nothing that the outer one would commit"

# --- a signal meanwhile
export TMPDIR=$scratch/tmp; git init -q "$scratch/signal" && cd "$scratch/signal" || exit
migration a 1 && git add . && echo '-- more' >>services/a/migrations/000001_t1.up.sql
mkdir "$scratch/slow" && cat >"$scratch/slow/git" <<END
#!/bin/sh
case "\$*" in *checkout-index*) touch "$scratch/reached"; sleep 3 ;; esac
exec "$(command -v git)" "\$@"
END
chmod +x "$scratch/slow/git"
PATH=$scratch/slow:$PATH "$SKEIN" validate --staged >/dev/null 2>&1 & reader=$!
for i in $(seq 100); do [ -e "$scratch/reached" ] && break; sleep 0.05; done
is "$(ls "$TMPDIR" | grep -c skein-staged)" 1 "there is a copy of what is staged"
kill -TERM "$reader"; wait "$reader" 2>/dev/null
is "$?:$(ls "$TMPDIR" | grep -c skein-staged)" "143:0" "SIGTERM ends it, and the copy goes"

done_testing
