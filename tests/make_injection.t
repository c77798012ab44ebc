#!/usr/bin/env bash
# Values given to make are data: whatever stands in them, nothing runs and they arrive byte by byte.
. "$(dirname "$0")/lib/tap.sh"

mkdir "$scratch/host" "$scratch/traps"
cd "$scratch/host" || exit
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile

# Stands in for the binary: writes down one variable of its environment.
cat >"$scratch/skein" <<'END'
#!/bin/sh
printf '%s\n' "$*" >>"$RECORD.arguments"
printenv "$ASK" >"$RECORD" || echo "(unset)" >"$RECORD"
END
chmod +x "$scratch/skein"
export RECORD=$scratch/record ASK SKEIN=$scratch/skein

trap_file=$scratch/traps/sprung
values=(
    'plain'
    'two words'
    "'; touch $trap_file; '"
    "\"; touch $trap_file; \""
    "; touch $trap_file"
    "| touch $trap_file"
    "&& touch $trap_file"
    "\`touch $trap_file\`"
    "\$(touch $trap_file)"
    "\$(shell touch $trap_file)"
    "\$\$(touch $trap_file)"
    "\${shell touch $trap_file}"
    "\$(eval X := \$(shell touch $trap_file))"
    "\$(info \$(shell touch $trap_file))"
    "\$\$(shell touch $trap_file)"
    "\$(error sprung)"
    "a\$b c#d"
    "\$"
    "\$\$"
    "\\"
    "a\\"
    '%'
    'a:b=c'
    '-n'
    '--yes'
    '../x'
    '*'
    '~'
    "a'b"
    '((('
    ')))'
    '$('
    $'tab\there'
    $'line one\nline two'
    'naïve – 日本'
)

# sprung TEXT: did anything run?
calm()
{
    if [ -e "$trap_file" ]; then
        rm -f "$trap_file"
        return 1
    fi
}

# arrives FORM VARIABLE VALUE COMMAND…: the binary sees the value, and nothing ran.
arrives()
{
    local form=$1 value=$3 shown
    ASK=$2
    shift 3
    rm -f "$RECORD"
    run "$@"
    shown=$(printf '%q' "$value")
    is "$(cat "$RECORD" 2>/dev/null)" "$value" "$form $shown arrives" || diag "$stderr"
    ok "$form $shown runs nothing" calm
}

for value in "${values[@]}"; do
    arrives "NAME=" SKEIN_NAME "$value" make db-migrate-create NAME="$value"
done

# The other forms with the values that went wrong in one form or another.
hard=("\$(shell touch $trap_file)" "\"; touch $trap_file; \"" "\`touch $trap_file\`" "\$\$(touch $trap_file)" 'a$b c#d')
for value in "${hard[@]}"; do
    arrives "SKEIN_NAME= as argument" SKEIN_NAME "$value" make db-migrate-create SKEIN_NAME="$value"
    arrives "SKEIN_NAME= in the environment" SKEIN_NAME "$value" env SKEIN_NAME="$value" make db-migrate-create
    arrives "SKEIN_NAME= under make -e" SKEIN_NAME "$value" env SKEIN_NAME="$value" make -e db-migrate-create
    arrives "both" SKEIN_NAME "$value" env SKEIN_NAME=other make db-migrate-create NAME="$value"
    arrives "-j8" SKEIN_NAME "$value" make -j8 db-migrate-create db-seed NAME="$value"
    arrives "DATABASE_URL=" DATABASE_URL "$value" make db-status DATABASE_URL="$value"
    arrives "from the environment DATABASE_URL=" DATABASE_URL "$value" env DATABASE_URL="$value" make db-status
    for pair in SERVICE_NAME:SKEIN_SERVICE ENV:SKEIN_ENVIRONMENT APP_ENV:SKEIN_ENVIRONMENT COUNT:SKEIN_COUNT \
        STEPS:SKEIN_COUNT TO:SKEIN_TO VERSION:SKEIN_TO TO_RELEASE:SKEIN_TO_RELEASE NEWER_SERVICES:SKEIN_NEWER_SERVICES \
        MIGRATION:SKEIN_MIGRATION CONFIRM:SKEIN_CONFIRM REMOVE:SKEIN_REMOVE \
        FILE:SKEIN_FILE YES:SKEIN_YES JSON:SKEIN_JSON DRY_RUN:SKEIN_DRY_RUN TYPE:SKEIN_TYPE FOR:SKEIN_FOR \
        COLUMNS:SKEIN_COLUMNS COLUMN:SKEIN_COLUMNS ON:SKEIN_ON BODY:SKEIN_BODY DESCRIPTION:SKEIN_DESCRIPTION; do
        arrives "${pair%:*}=" "${pair#*:}" "$value" make db-status "${pair%:*}=$value"
    done
    for name in SKEIN_SERVICE SKEIN_ENVIRONMENT SKEIN_COUNT SKEIN_TO SKEIN_TO_RELEASE SKEIN_NEWER_SERVICES SKEIN_MIGRATION SKEIN_CONFIRM \
        SKEIN_REMOVE SKEIN_FILE \
        SKEIN_YES SKEIN_JSON SKEIN_DRY_RUN SKEIN_CONFIG SKEIN_CASCADE SKEIN_FORCE SKEIN_QUIET SKEIN_VERBOSE SKEIN_TYPE SKEIN_FOR SKEIN_EXPRESSION; do
        arrives "$name=" "$name" "$value" make db-status "$name=$value"
    done
done

# A host with settings of its own.
value=$(printf '%s' "\$(shell touch $trap_file)")
for setting in '.ONESHELL:' '.EXPORT_ALL_VARIABLES:' 'export' 'export NAME' '.SECONDEXPANSION:' 'SHELL = /bin/bash' \
    'SHELL = /bin/bash
.SHELLFLAGS = -euo pipefail -c' '.POSIX:' 'MAKEFLAGS += --warn-undefined-variables' 'MAKEFLAGS += -rR'; do
    printf '%s\ninclude %s/mk/migrate.mk\n' "$setting" "$root" >Makefile
    arrives "in a host with ${setting//$'\n'/, }: NAME=" SKEIN_NAME "$value" make db-migrate-create NAME="$value"
    printf 'include %s/mk/migrate.mk\n%s\n' "$root" "$setting" >Makefile
    arrives "the same below the include: NAME=" SKEIN_NAME "$value" make db-migrate-create NAME="$value"
done
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile

# Values never become words of a command line.
is "$(sort -u "$RECORD.arguments" | tr '\n' ',')" "create,seed,status," "the binary gets no argument but its command"

# The binary's own path is a value, too.
ASK=SKEIN
run make db-status SKEIN="\$(shell touch $trap_file)"
isnt "$status" 0 "SKEIN= with a function: no such program"
ok "SKEIN= with a function runs nothing" calm
run make db-status SKEIN="$scratch/skein; touch $trap_file"
isnt "$status" 0 "SKEIN= with a command: no such program"
ok "SKEIN= with a command runs nothing" calm
mkdir "$scratch/a b" && cp "$scratch/skein" "$scratch/a b/skein"
run make db-status SKEIN="$scratch/a b/skein"
is "$status" 0 "SKEIN= with a space in it works"

# Short names count on the command line only.
for name in NAME SERVICE_NAME ENV COUNT STEPS TO VERSION TO_RELEASE NEWER_SERVICES MIGRATION CONFIRM FILE YES JSON DRY_RUN; do
    ASK=$name
    printf 'record: ; @printenv %s >"$$RECORD" || echo "(unset)" >"$$RECORD"\ninclude %s/mk/migrate.mk\n' \
        "$name" "$root" >Makefile
    run env "$name=from the environment" make record
    is "$(cat "$RECORD")" "from the environment" "$name in the environment stays for the host's recipes"
    run make record "$name=given"
    is "$(cat "$RECORD")" "given" "$name= on the command line does, too"
done
ASK=SKEIN_NAME
run env NAME=laptop make db-migrate-create
is "$(cat "$RECORD")" "(unset)" "NAME in the environment is not a migration's name"

done_testing
