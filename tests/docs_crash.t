#!/usr/bin/env bash
# `skein docs` is killed at every moment of its writing; the next run brings all right, and nothing is left over.
. "$(dirname "$0")/lib/tap.sh"
shim=$scratch/crash_files.so
cc -shared -fPIC -O1 -o "$shim" "$root/tests/lib/crash_files.c" -ldl || skip_all "the library does not build"
cd "$scratch" || exit
export SKEIN_DOCS_TITLE=Shop

# An older state with pages, and files for a newer one: pages to make, to change, to remove, and one with words of somebody's.
mkdir old && cd old || exit
home=services/shop/migrations
mkdir -p $home services/bill/migrations
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile
for version in 1 2 3; do
    echo "CREATE TABLE shop.t$version (id int PRIMARY KEY);" >$home/00000${version}_t.up.sql
    echo "DROP TABLE shop.t$version;" >$home/00000${version}_t.down.sql
done
echo 'CREATE TABLE bill.b (id int PRIMARY KEY);' >services/bill/migrations/000001_b.up.sql
echo 'DROP TABLE bill.b;' >services/bill/migrations/000001_b.down.sql
make -s db-docs >/dev/null && "$SKEIN" docs --html site --quiet || fail "pages of the older state"
echo 'Written by hand.' >>$home/docs/migration_000001.md
for version in 1 2; do echo 'CREATE INDEX ON shop.t1 (id);' >>$home/00000${version}_t.up.sql; done
mv $home/000003_t.up.sql $home/000004_t.up.sql && mv $home/000003_t.down.sql $home/000004_t.down.sql
cd .. && cp -a old wanted && (cd wanted && "$SKEIN" docs --quiet && "$SKEIN" docs --html site --quiet) >/dev/null
rm -rf wanted/.skein

# crash NAME COMMAND…: killed everywhere; each time the same command, not killed, makes all as it is in wanted/
crash()
{
    local name=$1 count at bad=0
    shift
    rm -rf try && cp -a old try && rm -f count
    (cd try && CRASH_COUNT=$scratch/count LD_PRELOAD=$shim "$@") >/dev/null
    count=$(cat count)
    [ "$count" -ge 10 ] || fail "$name: only $count moments"
    for ((at = 1; at <= count; at++)); do
        rm -rf try && cp -a old try
        { (cd try && CRASH_AT=$at LD_PRELOAD=$shim "$@"); } >/dev/null 2>&1
        (cd try && "$SKEIN" docs --quiet && "$SKEIN" docs --html site --quiet) >out 2>&1 || { bad=1; diag "killed at $at: $(cat out)"; }
        rm -rf try/.skein
        diff -r wanted try >difference || { bad=1; diag "killed at $at of $count: $(head -5 difference)"; }
    done
    is "$bad" 0 "$name: killed at each of $count moments"
}

crash "pages" "$SKEIN" docs
crash "a site" "$SKEIN" docs --html site
crash "pages by make" "$SKEIN" docs --stamps .skein/docs

# a site that is made for the first time
for at in 1 2 3 4 5 6 7; do
    rm -rf try && cp -a old try && rm -rf try/site
    { (cd try && CRASH_AT=$at LD_PRELOAD=$shim "$SKEIN" docs --html site); } >/dev/null 2>&1
    (cd try && "$SKEIN" docs --quiet && "$SKEIN" docs --html site --quiet) >out 2>&1 || diag "$(cat out)"
    rm -rf try/.skein
    is "$(diff -r wanted try)" "" "a first site, killed at $at"
done

# make takes a killed run for none
rm -rf try && cp -a old try
{ (cd try && CRASH_AT=9 LD_PRELOAD=$shim "$SKEIN" docs --stamps .skein/docs); } >/dev/null 2>&1
(cd try && make -s db-docs && "$SKEIN" docs --html site --quiet) >/dev/null
rm -rf try/.skein
is "$(diff -r wanted try)" "" "make db-docs behind a killed run"

# several at once, with and without make
rm -rf try && cp -a old try && rm -rf try/site
for at in 1 2 3 4 5 6; do
    { (cd try && "$SKEIN" docs --html site --quiet && "$SKEIN" docs --quiet) >out$at 2>&1 || echo failed >>out$at; } &
done
wait
rm -rf try/.skein
is "$(cat out[1-6] | grep -vE '^(wrote|removed)')" "" "six at once do not disturb one another"
is "$(diff -r wanted try)" "" "and write what one writes"

# what an earlier skein left when it was killed
cd try || exit
: >$home/docs/migration_000002.md
echo draft >$home/docs/README.md.0123456789abcdef.tmp
run "$SKEIN" docs --check
is "$status" 1 "an empty page is stale, and nobody's work"
like "$stdout" "stale: $home/docs/migration_000002.md" "and named"
run "$SKEIN" docs
is "$(diff -r ../wanted .)" "" "and written"
done_testing
