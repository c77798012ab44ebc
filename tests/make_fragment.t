#!/usr/bin/env bash
# mk/migrate.mk as a guest: what it gives a Makefile, and that it changes nothing else there.
. "$(dirname "$0")/lib/tap.sh"

fragment=$root/mk/migrate.mk
mkdir "$scratch/host"
cd "$scratch/host" || exit

# Stands in for the binary: a log of what ran, in order; FAIL names the command that fails, SLOW one that takes
# its time.
cat >"$scratch/skein" <<'END'
#!/bin/sh
echo "begin $*" >>"$LOG"
[ "$*" != "${SLOW:-}" ] || sleep 0.2
echo "end $*" >>"$LOG"
[ "$*" != "${FAIL:-}" ] || exit 7
END
chmod +x "$scratch/skein"
export LOG=$scratch/log SKEIN=$scratch/skein SLOW= FAIL=

host()
{
    printf '%b\n' "$@" >Makefile
}

# What ran, one command after the other, or "overlap" where two ran at once.
ran()
{
    awk '$1 == "begin" { if (open) print "overlap"; open++ } $1 == "end" { open--; $1 = ""; print substr($0, 2) }' \
        "$LOG" 2>/dev/null | paste -sd,
    rm -f "$LOG"
}

# --- what it gives

host "include $fragment"
run make
is "$status $stdout$stderr" "2 make: *** No targets.  Stop." "no default goal comes with it"
run make db-help
is "$status" 0 "db-help"
targets=$(sed -n '/^skein_targets :=/,/[^\\]$/p' "$fragment" | tr -s ' \\\n' '\n' | grep '^db-')
rules=$(sed -n 's/^\(db-[^:]*\): .*## .*/\1/p' "$fragment" | tr ' ' '\n' | grep -v '^db-help$')
is "$(sort <<<"$targets")" "$(sort <<<"$rules")" "every target has a rule and a line of help, and the other way round"
for target in db-help $targets; do
    ok "db-help tells of $target" grep -qE "^  $target +[^ ]" <<<"$stdout"
done
is "$(awk 'length > 110' <<<"$stdout")" "" "no line of it is longer than 110 columns"

while read -r target commands; do
    run make -s "$target"
    is "$status $stdout$stderr" "0 " "$target"
    is "$(ran)" "$commands" "$target runs: $commands"
done <<'END'
db-migrate up
db-migrate-up up
db-migrate-up-orchestrator up
db-migrate-all up
db-migrate-down down
db-migrate-down-orchestrator down
db-rollback rollback
db-renumber renumber
db-release release
db-migrate-init init
db-migrate-init-orchestrator init
db-migrate-create create
db-migrate-status status
db-migrate-status-orchestrator status
db-status status
db-migrate-list list
db-migrate-list-orchestrator list
db-migrate-plan plan
db-migrate-plan-orchestrator plan
db-migration-deps deps
db-migration-order deps --order
db-validate validate --stamps .skein/validate
db-migrate-validate validate --stamps .skein/validate
db-migrate-validate-orchestrator validate --stamps .skein/validate
db-seed seed
db-seed-enhanced seed
db-setup database create,init,up,seed
db-reset database clean,up
db-fresh database recreate,up,seed
db-create database create
db-drop database drop
db-recreate database recreate
db-clean database clean
db-connect database connect
db-health database health
db-schema database schema
db-tables database tables
db-counts database counts
END

FAIL=up run make -s db-setup
is "$status" 2 "a failing step fails the target"
like "$stderr" 'Error 7' "make reports the binary's own exit status"
is "$(ran)" "database create,init,up" "and nothing runs behind it"
run env SKEIN_SERVICE=billing make db-migrate-all SKEIN='/usr/bin/printenv' 2>&1
unlike "$stdout" 'billing' "db-migrate-all forgets the service"

# --- order

host "include $fragment"
for jobs in -j8 -j2 -j1; do
    SLOW=up run make $jobs db-migrate-up db-seed db-status
    is "$(ran)" "up,seed,status" "$jobs keeps the order of the command line"
done
SLOW=seed run make -j8 db-seed db-migrate-up db-migrate
is "$(ran)" "seed,up,up" "-j8, another order"
run make -j8 db-seed db-seed db-migrate-up db-seed
is "$stderr$(ran)" "seed,up" "a goal twice is one"
FAIL=up run make -k -j8 db-migrate-up db-seed
is "$(ran)" "up" "-k does not seed what was not migrated"
SLOW='validate --stamps .skein/validate' run make -j8 db-validate db-migrate-up
is "$(ran)" "validate --stamps .skein/validate,up" "a check first is a gate"
SLOW=up run make -j8 db-migrate-up db-validate db-status db-migrate-validate
is "$(ran)" "up,validate --stamps .skein/validate,status" "a check behind it waits, once"
for how in FORCE=1 SERVICE_NAME=a JSON=1 SKEIN_BASE=main -B; do
    run make -s db-validate $how
    is "$(ran)" "validate" "db-validate $how looks at everything that is meant"
done
host "deploy: db-seed" "db-seed: | db-migrate-up" "include $fragment"
SLOW=up run make -j8 deploy
is "$(ran)" "up,seed" "a host's own order"

# --- a quiet guest

cat >host.mk <<'END'
CFLAGS := -O2
NAME := host
VERSION := 1.2.3
ENV := production
FILE := host.txt
export FLAVOUR := vanilla
first: second ; @echo first $(NAME) $(VERSION) $(ENV) $(SHELL)
second: ; @echo second
%.o: %.c ; $(CC) -c $<
.PHONY: first second
END
# What make knows of a Makefile, without what the fragment may add: db-* targets, skein_* and SKEIN* variables,
# and files of its own.
database()
{
    make -rRpn -f "$1" first 2>&1 | awk '
        /^#/ || /^$/ { next }
        /^define skein_/ { inside = 1 }
        inside { inside = !/^endef/; next }
        /^\t/ { if (!ours) print; next }
        { ours = /^(db-|skein-[a-z]+|\/)/ }
        ours || /^(skein_|SKEIN|MAKEFILE_LIST|CURDIR|MAKEFLAGS|MFLAGS|MAKE_COMMAND|_ )/ { next }
        { gsub(/(db-[a-z-]+|skein-[a-z]+) ?/, ""); sub(/ +$/, ""); print }' |
        sed "s/^${1%.mk}\\.mk:/Makefile:/" | sort
}
cp host.mk without.mk
{ echo "include $fragment"; cat host.mk; } >above.mk
{ cat host.mk; echo "include $fragment"; } >below.mk
{ echo "include $fragment"; echo "include $fragment"; cat host.mk; echo "include $fragment"; } >thrice.mk
unset SKEIN
export -n LOG SLOW FAIL
plain=$(database without.mk)
like "$plain" 'first: second' "make's database of the host is there to be compared"
for how in above below thrice; do
    is "$(database $how.mk)" "$plain" \
        "included $how: the host's variables, rules and special targets are the same"
    is "$(make -f $how.mk)" "$(make -f without.mk)" "included $how: the host's default goal is its own"
    is "$(make -f $how.mk NAME=x ENV=y first)" "$(make -f without.mk NAME=x ENV=y first)" \
        "included $how: the host sees values given to make"
    is "$(make --warn-undefined-variables -n -f $how.mk first 2>&1)" "$(make -n -f without.mk first)" \
        "included $how: no undefined variables"
    is "$(SKEIN=true make --warn-undefined-variables -n -f $how.mk db-status 2>&1)" '"$SKEIN" status' \
        "included $how: nor with a goal of its own"
done
export LOG SLOW FAIL SKEIN=$scratch/skein
printf 'env: ; @env | sort\n' >without.mk
printf 'include %s\nenv: ; @env | sort\n' "$fragment" >above.mk
is "$(env -u SKEIN make -f above.mk env | grep -v '^_=')" "$(env -u SKEIN make -f without.mk env | grep -v '^_=')" \
    "the environment of the host's recipes is the same"
rm ./*.mk

# --- under odd hosts

while IFS='|' read -r name above below; do
    host "$above" "include $fragment" "$below" 'all: ; @echo all'
    run make db-fresh
    is "$status $(ran)" "0 database recreate,up,seed" "$name"
    run make
    is "$stdout" "all" "$name: the host's default goal"
done <<'END'
.ONESHELL|.ONESHELL:|
.ONESHELL below||.ONESHELL:
bash with pipefail|SHELL = /bin/bash\n.SHELLFLAGS = -euo pipefail -c|
.DELETE_ON_ERROR|.DELETE_ON_ERROR:|
.SECONDEXPANSION|.SECONDEXPANSION:|
.NOTPARALLEL||.NOTPARALLEL:
.EXPORT_ALL_VARIABLES|.EXPORT_ALL_VARIABLES:|
.POSIX|.POSIX:|
.SUFFIXES|.SUFFIXES:|
no builtin rules|MAKEFLAGS += -rR|
--warn-undefined-variables|MAKEFLAGS += --warn-undefined-variables|
END
host "include $fragment"
for flags in -r -R '-r -R' -s -w -B -k --trace --no-builtin-rules -Oline; do
    run make $flags db-fresh
    is "$status $(ran)" "0 database recreate,up,seed" "make $flags"
done

# --- nothing by accident

run make -n db-fresh db-migrate-up
is "$status $(ran)" "0 " "-n runs nothing"
like "$stdout" 'database recreate' "and says what it would run"
run make -t db-fresh
is "$(ran)" "" "-t runs nothing"
run make -q db-fresh
is "$(ran)" "" "-q runs nothing"
not_ok "no recipe that -n would run" grep -nE '^'$'\t''([-@]*\+|.*\$[({]MAKE[)}])' "$fragment"
not_ok "nothing is run while make reads" grep -nE '^[^#]*\$\(shell' "$fragment"
not_ok "nothing that make 3.81 does not know" grep -nE '^[^#]*(!=|::=|\$\(file|&:|^undefine|^define [a-z_]+ =|\bprivate\b)' "$fragment"
if command -v make-3.81 >/dev/null; then
    run make-3.81 -j8 db-fresh NAME='$(error expanded)'
    is "$status $(ran)" "0 database recreate,up,seed" "make 3.81"
else
    skip "make 3.81" "no make-3.81 in PATH; Debian 12 has no package of it"
fi
touch db-migrate-up db-status
run make db-migrate-up
is "$(ran)" "up" "a file named like a target changes nothing"

# --- elsewhere

mkdir -p "$scratch/with space/deeper" && cp Makefile "$scratch/with space/deeper"
run make -C "$scratch/with space/deeper" db-status
is "$(ran)" "status" "-C a directory with a space in its name"
cd "$scratch" && run make -f host/Makefile db-status
is "$(ran)" "status" "-f from another directory"
mkdir "$scratch/nested" && printf 'include ../host/Makefile\n' >"$scratch/nested/Makefile"
cd "$scratch/nested" && run make db-status
is "$(ran)" "status" "an include within an include"
ln -s "$root" "$scratch/link" && printf 'include %s/link/mk/migrate.mk\n' "$scratch" >Makefile
run make db-status
is "$(ran)" "status" "through a symbolic link"
mkdir -p "$scratch/with space/mk" && cp "$fragment" "$scratch/with space/mk"
printf 'include ../with\\ space/mk/migrate.mk\n' >Makefile
run make db-status
isnt "$status" 0 "skein in a directory with a space in its name does not work"
like "$stderr" 'spaces|No such file' "and it says so"

# --- settings in the host

cd "$scratch/host" || exit
printf '#!/bin/sh\necho "$SKEIN_SERVICE $SKEIN_ENVIRONMENT: $*"\n' >"$scratch/tell"
chmod +x "$scratch/tell"
host "HERE = $scratch" 'TEAM = bil' 'SKEIN = $(HERE)/tell' 'SKEIN_SERVICE = $(TEAM)ling' "include $fragment"
run env -u SKEIN make db-status
is "$stdout$stderr" "billing : status" "the host's own variables may be made of others"
run env -u SKEIN make db-status SERVICE_NAME=other ENV=staging
is "$stdout$stderr" "other staging: status" "the command line beats the host"
run env -u SKEIN make db-status SERVICE_NAME=other ENVIRONMENT=staging
is "$stdout$stderr" "other staging: status" "also by its whole name"
run env -u SKEIN ENVIRONMENT=staging make db-status
is "$stdout$stderr" "billing : status" "which does not count from the environment"
host 'SKEIN_SERVICE ?= billing' "include $fragment"
run env SKEIN="$scratch/tell" SKEIN_SERVICE=shipping make db-status
is "$stdout$stderr" "shipping : status" "?= lets the environment in"

# --- the binary

unset SKEIN
mkdir -p "$scratch/skein-src/mk/dev" "$scratch/skein-src/tool"
cp "$fragment" "$scratch/skein-src/mk/"
echo 'int main;' >"$scratch/skein-src/tool/main.c"
cat >"$scratch/skein-src/Makefile" <<'END'
$(if $(filter command,$(foreach name,NAME CFLAGS SERVICE_NAME,$(origin $(name)))),$(error a variable of the host came along))
build/skein: tool/main.c
	@mkdir -p build; echo "building with [$(CFLAGS)]"; printf '#!/bin/sh\necho "built: $$*"\n' >$@; chmod +x $@
END
printf 'include %s/skein-src/mk/migrate.mk\n' "$scratch" >Makefile
run make -n db-status
is "$status $(ls "$scratch/skein-src")" "0 Makefile
mk
tool" "-n does not even build"
run make -j4 db-status NAME='$(error expanded)' CFLAGS=-Dhost
is "$status $stdout" "0 built: status" "first use builds, and standard output is the goal's alone"
is "$stderr" "building with []" "the host's flags and variables stay at home"
run make db-status
is "$stdout$stderr" "built: status" "second use does not build"
sleep 0.01
touch "$scratch/skein-src/tool/main.c"
run make db-status
is "$stderr" "building with []" "changed sources do"
printf 'int main' >"$scratch/skein-src/tool/main.c"
printf 'build/skein: ; @echo "no compiler" >&2; exit 1\n' >"$scratch/skein-src/Makefile"
rm -r "$scratch/skein-src/build"
run make db-status
is "$status" 2 "a build that fails is an error"
like "$stderr" 'no compiler' "with its reason"

mkdir -p "$scratch/usr/bin" "$scratch/usr/share/skein/mk"
cp "$fragment" "$scratch/usr/share/skein/mk/"
printf '#!/bin/sh\necho "installed: $*"\n' >"$scratch/usr/bin/skein"
chmod +x "$scratch/usr/bin/skein"
printf 'include %s/usr/share/skein/mk/migrate.mk\n' "$scratch" >Makefile
run make db-status
is "$stdout$stderr" "installed: status" "installed, it takes the binary installed with it"

done_testing
