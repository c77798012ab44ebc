#!/usr/bin/env bash
# The scripts beside the binary: words of another tool become skein's own, and nothing else.
. "$(dirname "$0")/lib/tap.sh"

cat >"$scratch/skein" <<'END'
#!/bin/sh
printf '[%s]' "$@"
exit 6
END
chmod +x "$scratch/skein"
export SKEIN=$scratch/skein

while IFS='|' read -r command expected; do
    eval "set -- $command"
    run "$root/scripts/$@"
    is "$stdout" "$expected" "$command"
    is "$status" 6 "$command: exit status"
done <<'END'
migrate.sh|[up]
migrate.sh migrate|[up]
migrate.sh up|[up]
migrate.sh up 2|[up][2]
migrate.sh --dry-run|[up][--dry-run]
migrate.sh migrate --service user-service|[up][--service][user-service]
migrate.sh initialize|[init]
migrate.sh init|[init]
migrate.sh rollback 3|[rollback][--to-version][3]
migrate.sh rollback --migration 000004_settings --yes|[rollback][--migration][000004_settings][--yes]
migrate.sh down 1|[down][1]
migrate.sh force 3|[force][3]
migrate.sh status|[status]
migrate.sh validate|[validate]
migrate.sh create 'two words'|[create][two words]
migrate.sh "; echo pwned"|[; echo pwned]
migrate.sh --help|[help]
rollback.sh|[rollback]
rollback.sh 3|[rollback][--to-version][3]
rollback.sh 000003 --yes|[rollback][--to-version][000003][--yes]
rollback.sh --migration 4|[rollback][--migration][4]
rollback.sh '3; echo pwned'|[rollback][3; echo pwned]
rollback.sh '$(echo 3)'|[rollback][$(echo 3)]
END

cd "$scratch" || exit
ln -s "$root/scripts" s
run s/migrate.sh status
is "$stdout" "[status]" "from another directory"

# --- bootstrap

# A machine of our own making: dpkg-query tells of what $HAVE lists, apt-get writes down what it is told.
mkdir bin && cd bin || exit
cat >dpkg-query <<'END'
#!/bin/sh
echo x >>"$scratch/queries"
for package in $HAVE; do echo "installed $package"; done
echo "config-files clang"
[ "$HAVE" = "$ALL" ]
END
cat >apt-get <<'END'
#!/bin/sh
echo "apt-get $*" >>"$scratch/apt"
[ "${APT_FAILS:-}" != yes ] || { echo "E: no such thing"; exit 100; }
END
cat >id <<'END'
#!/bin/sh
echo "${FAKE_UID:-0}"
END
chmod +x -- *
for tool in sh env sed awk cat dirname mktemp rm mkdir echo; do ln -s "$(command -v $tool)" $tool; done
cd ..
export scratch HAVE ALL=
bootstrap()
{
    rm -f "$scratch/apt" "$scratch/queries"
    run env PATH="$scratch/bin" SKEIN_PG_BIN="$scratch/pg" "$root/scripts/bootstrap" "$@"
}
mkdir pg && ln -s /bin/true pg/postgres

bootstrap --dry-run test
is "$status" 0 "bootstrap --dry-run"
all=$(sed -n 's/^installing://p' <<<"$stdout")
like "$all" 'gcc.*libpg-query-dev.*libcmocka-dev' "it names what it would install"
unlike "$all" 'postgresql-15' "a server that is there is enough"
like "$stdout" 'apt-get .*install --no-install-recommends' "and the command"
not_ok "and runs nothing" test -e apt

HAVE="${all/ gcc/}"
bootstrap test
is "$stdout" "installing: gcc" "only what is missing is installed, and said first"
like "$(cat apt)" 'update.*install --no-install-recommends gcc$' "by apt-get, which first looks what there is"
is "$(wc -l <queries)" 1 "dpkg-query is asked once"
HAVE=$all
bootstrap test
is "$status $stdout" "0 nothing to install" "nothing to install"
not_ok "and apt-get is not asked" test -e apt
bootstrap check
like "$stdout" 'installing: clang' "a package that was removed and left its configuration is missing"
HAVE="${all/ gcc/}"
bootstrap --check test
is "$status" 1 "--check fails where something is missing"
like "$stderr" 'missing: gcc' "and says what"
not_ok "and installs nothing" test -e apt
APT_FAILS=yes bootstrap test
is "$status" 1 "a failing apt-get is a failure"
like "$stderr" 'E: no such thing' "with its own words"
FAKE_UID=1000 bootstrap test
is "$status" 1 "neither root nor sudo"
like "$stderr" 'missing: gcc.*as root' "says what to do"
printf '#!/bin/sh\necho "sudo $*" >>"$scratch/apt"\n' >bin/sudo && chmod +x bin/sudo
FAKE_UID=1000 bootstrap test
is "$status" 0 "with sudo"
like "$(cat apt)" 'sudo -n env .*apt-get .*install.* gcc$' "which is not left waiting for a password when nobody is there"
bootstrap nonsense
is "$status" 2 "an unknown word"
like "$stderr" "'nonsense' is none of build, test" "is told the known ones"

rm bin/apt-get
bootstrap test
is "$status" 1 "not a Debian system"
like "$stderr" 'not a Debian system.*libpg-query-dev' "prints the packages by name"
printf '#!/bin/sh\n' >bin/brew && chmod +x bin/brew
bootstrap test
like "$stderr" 'brew install .*libpg_query' "a Mac gets a line for brew"

done_testing
