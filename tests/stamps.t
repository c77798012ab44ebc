#!/usr/bin/env bash
# `make db-validate` with what it left the last time: only what changed is looked at again.
. "$(dirname "$0")/lib/tap.sh"
mkdir "$scratch/host" "$scratch/bin" && cd "$scratch/host" || exit

# Stands before the binary and writes down what is looked at: "all" or the service's stamp; a look that finds nothing
# to do prints nothing and is not counted.
real=$SKEIN
cat >"$scratch/bin/skein" <<END
#!/bin/sh
"$real" "\$@" >"$scratch/out.\$\$"; code=\$?
case \$3 in *.stamp) what=\${3##*/} what=\${what%.stamp} ;; *) what=all ;; esac
if [ -s "$scratch/out.\$\$" ]; then echo "\$what" >>"$scratch/looks"; fi
cat "$scratch/out.\$\$"; rm "$scratch/out.\$\$"
exit \$code
END
chmod +x "$scratch/bin/skein"
export SKEIN=$scratch/bin/skein
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile

migration()
{
    mkdir -p "services/$1/migrations"
    printf '%s\n' "${3:-CREATE TABLE $1.t$2 (id int);}" >"services/$1/migrations/00000$2_t$2.up.sql"
    printf 'DROP TABLE %s.t%s;\n' "$1" "$2" >"services/$1/migrations/00000$2_t$2.down.sql"
}

# looks [ARGUMENT…]: sets $looked, in order of name
looks()
{
    rm -f "$scratch/looks"
    sleep 0.02
    run make -j4 db-validate "$@"
    looked=$(sort "$scratch/looks" 2>/dev/null | paste -sd,)
}

for service in a b c d; do migration $service 1 && migration $service 2; done
echo '{"migrations": {"000002_t2": {"cross_service_dependencies": {"a": ["000001"]}}}}' >services/b/migrations/dependencies.json
echo '{"migrations": {"000002_t2": {"cross_service_dependencies": {"b": ["000001"]}}}}' >services/c/migrations/dependencies.json

looks
is "$looked" "all" "the first time everything is looked at, at once"
looks
is "$looked" "" "then nothing"
run make db-validate
is "$status:$stdout$stderr" "0:" "without a word"
is "$(git -c init.defaultBranch=main init -q . 2>/dev/null; git status --porcelain --ignored=no 2>/dev/null | grep skein)" "" "git does not see the stamps"
rm -rf .git
echo '-- edited' >>services/d/migrations/000001_t1.up.sql
looks
is "$looked" "d" "a service that was edited"
echo '-- edited' >>services/a/migrations/000001_t1.up.sql
looks
is "$looked" "a,b,c" "and those that depend on it, over one another"
echo '-- edited' >>services/c/migrations/000001_t1.down.sql && touch services/d/migrations/000002_t2.down.sql
looks
is "$looked" "c,d" "two of them"
looks
is "$looked" "" "and nothing more"
migration d 3
looks
is "$looked" "d" "a new migration"
rm services/d/migrations/000003*
looks
is "$looked" "d" "one that is gone"
mkdir services/d/seeds
echo 'SELECT 1;' >services/d/seeds/development.sql
looks
is "$looked" "d" "a first seed file"
looks
is "$looked" "" "and nothing more"
echo 'SELEKT 1;' >services/d/seeds/development.sql
looks
is "$looked" "d" "a seed file that was edited"
is "$status" 2 "is read"
rm -r services/d/seeds
looks
is "$looked" "d" "and one that is gone"
mkdir services/d/migrations/testing && cp services/d/migrations/000002_t2.up.sql services/d/migrations/testing/000009_t9.up.sql
looks
is "$looked" "d" "a new directory of an environment"
echo '-- edited' >>services/d/migrations/testing/000009_t9.up.sql
looks
is "$looked" "d" "an edit in it"
rm -r services/d/migrations/testing
looks
is "$looked" "d" "its end"
touch -d '2001-01-01' "$scratch/old.sql" && echo 'CREATE TABLE d.t3 (id int);' >"$scratch/old.sql" && touch -d '2001-01-01' "$scratch/old.sql"
mv "$scratch/old.sql" services/d/migrations/000002_t2.up.sql
looks
is "$looked" "d" "an old file that is moved in"

migration d 2 'SELEC 1;'
looks
is "$looked" "d" "a wrong one"
is "$status:$(ls .skein/validate/d.stamp 2>&1 | grep -c 'cannot access')" "2:1" "fails, and has no stamp"
like "$stdout" 'services/d/migrations/000002_t2.up.sql:1:1: error' "the finding is printed"
looks
is "$looked" "d" "and is looked at again"
is "$status" 2 "until it is mended"
migration d 2 && migration a 2 'SELEC 2;' && migration b 1 'SELEC 1;'
looks -k
is "$looked:$status" "a,b,c,d:2" "-k goes on with the others"
ok "each report is in one piece" awk '/: (error|note|warning): / { split($1, part, "/"); now = part[2] } /: [0-9]+ errors?,/ { if (now != "" && index($1, now) != 1) bad = 1; now = "" } END { exit bad }' <<<"$stdout"
migration a 2 && migration b 1
looks
is "$looked:$status" "a,b,c:0" "mended"

migration e 1
looks
is "$looked" "all" "a new service"
is "$(ls .skein/validate/e.stamp)" ".skein/validate/e.stamp" "has a stamp"
looks
is "$looked" "" "once"
rm -r services/e
looks
is "$looked:$status" "all:0" "a service that is gone"
is "$(ls .skein/validate | grep -c '^e')" 0 "leaves nothing"
looks
is "$looked" "" "once"
echo 'services_path: services' >skein.yaml
looks
is "$looked" "all" "configuration"
looks
is "$looked" "" "once"
printf '[]\n' >skein-rules.yaml
looks
is "$looked" "all" "rules of the repository"
printf 'database: {schema: d}\n' >services/d/config.yaml
looks
is "$looked" "all" "a service's configuration"
export APP_ENV=staging
looks
is "$looked" "all" "another environment"
unset APP_ENV
looks
is "$looked" "all" "and back"
looks
is "$looked" "" "once"
looks ENV=staging
is "$looked" "all" "as make's variable"
looks ENV=staging
is "$looked" "" "once"
looks >/dev/null
cp "$real" "$scratch/bin/new" && sed -i "s|$real|$scratch/bin/new|" "$scratch/bin/skein"
looks
is "$looked" "all" "a new skein"
looks
is "$looked" "" "once"
rm -r .skein
looks
is "$looked" "all" "without the stamps everything"
for how in FORCE=1 -B; do
    looks $how
    is "$looked" "all" "$how"
done
looks && looks SERVICE_NAME=d
is "$looked" "all" "a service that is named is looked at"
looks
is "$looked" "" "and that changes no stamp"
looks -n
is "$looked" "" "-n looks at nothing"

# --- names that make would misread
name=$'000003_a b$(shell touch trap)#%:;|\\\t\'"*.up.sql'
echo 'CREATE TABLE d.t3 (id int);' >"services/d/migrations/$name"
looks >/dev/null
is "$(grep -c 'trap' .skein/validate/*.d | grep -vc ':0')" 0 "no odd name in the fragment"
looks
is "$looked" "" "which is looked at each time, but not judged"
echo 'SELEC 1;' >"services/d/migrations/$name"
looks
is "$looked:$status" "d:2" "an edit of it is found"
rm "services/d/migrations/$name"
looks
is "$looked:$status" "d:0" "its end, too"
mkdir 'services/f g' && mv services/d/migrations 'services/f g/' && rm -r services/d
looks
is "$looked:$status" "all:0" "a service with an odd name"
looks
is "$looked" "" "once"
echo '-- edited' >>'services/f g/migrations/000001_t1.up.sql'
looks
like "$looked" '^\+[0-9a-f]{16}$' "and again when it was edited"
is "$(ls trap 2>&1 | grep -c 'cannot access')" 1 "nothing was run"
for directory in 'a b' '$(x)' '-x' 'a:b'; do
    run "$real" validate "--stamps=$directory"
    is "$status" 2 "no directory for stamps: $directory"
done
run "$real" --service b validate --stamps .skein/validate
is "$status" 2 "a stamp is of a whole service"

# --- as a guest
printf 'first: ; @echo first\ninclude %s/mk/migrate.mk\n' "$root" >Makefile
is "$(make)" "first" "the fragments bring no default goal"
printf 'include %s/mk/migrate.mk\ninclude %s/mk/migrate.mk\nfirst: ; @echo first\n' "$root" "$root" >Makefile
is "$(make)" "first" "nor when they are included first, and twice"
is "$(make --warn-undefined-variables -n first 2>&1)" "echo first" "no undefined variables"
echo '-- edited' >>services/b/migrations/000001_t1.up.sql
looks
is "$(sort <<<"$stdout")" "b, 2 migrations: 0 errors, 0 warnings
c, 2 migrations: 0 errors, 0 warnings" "each report says whose it is"

# --- a name that nobody makes, until another service does
rm -rf services .skein
migration a 1
migration b 1 'CREATE TABLE b.t1 (id int REFERENCES shared.users (id), at timestamptz DEFAULT now());'
looks
is "$looked:$status" "all:0" "what nobody makes may be made elsewhere"
looks
is "$looked:$status" ":0" "nothing"
migration a 2 'CREATE TABLE shared.users (id int PRIMARY KEY);'
looks -k
is "$looked:$status" "a,b:2" "a service that uses it is looked at again"
like "$stdout" 'undeclared-dependency' "and has a finding"
rm services/a/migrations/000002* && looks
is "$looked:$status" "a,b:0" "gone again"
migration b 1 && looks
is "$looked" "b" "now it makes all that it uses"
migration a 2
looks
is "$looked" "a" "and others do not concern it"

# --- where nothing can be written
rm -rf .skein && echo 'a file' >.skein
looks
is "$looked:$status" "all:0" "what cannot leave stamps is looked at all the same"
migration a 1 'SELEC 1;'
looks
is "$looked:$status" "all:2" "and judged"
rm .skein

done_testing
