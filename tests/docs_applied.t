#!/usr/bin/env bash
# `skein docs --connected`: when and where migrations were applied, and what was edited since.
. "$(dirname "$0")/lib/tap.sh"
start_server
new_database
first=$DATABASE_URL
mkdir -p "$scratch/repo/services/shop/migrations" && cd "$scratch/repo" || exit
home=services/shop/migrations
pages=$home/docs
unset ENV APP_ENV SKEIN_ENVIRONMENT PGTZ
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
git init -q
for number in 1 2 3; do
    printf 'CREATE TABLE shop.t%s (\n    id int,\n    x int\n);\n' $number >$home/00000${number}_t$number.up.sql
    echo "DROP TABLE shop.t$number;" >$home/00000${number}_t$number.down.sql
done
git add -A && git commit -qm first

rows() { sed -n '/begin applied/,/end applied/{/^| [a-z]/p}' $pages/migration_00000$1.md | grep -v '^| environment'; }
names() { rows "$1" | cut -d'|' -f2,3 | tr -d '|' | tr -s ' ' | paste -sd,; }
stamp='20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}Z'

run "$SKEIN" up
run "$SKEIN" docs --connected
is "$status" 0 "--connected" || diag "$stderr"
like "$(cat $pages/migration_000001.md)" '\| environment \| state \| at \| by \| took \|' "the table says what is in it"
like "$(rows 1)" "^\| development \| success \| $stamp \| [^|]+ \| [0-9.]+ m?s \|\$" "where, when, by whom"

# --- another environment

new_database
run "$SKEIN" --environment staging up 2
is "$status" 0 "up in staging" || diag "$stderr"
run "$SKEIN" --environment staging docs --connected
is "$(names 1)" " development success , staging success " "another environment is added"
is "$(names 3)" " development success " "where it is applied"
export DATABASE_URL=$first
before=$(cat $pages/*.md | sha256sum)
run "$SKEIN" docs --connected
is "$(cat $pages/*.md | sha256sum)" "$before" "asking again changes nothing"
run env PGTZ=Asia/Tokyo "$SKEIN" docs --connected
is "$(cat $pages/*.md | sha256sum)" "$before" "whatever the client's time zone is"
run "$SKEIN" docs
is "$(cat $pages/*.md | sha256sum)" "$before" "nor does not asking"

# --- rolled back

at=$(rows 3 | cut -d'|' -f4)
sleep 1.1
run "$SKEIN" down
run "$SKEIN" docs --connected
like "$(rows 3)" "^\| development \| rolled back \| $stamp \|" "what was rolled back says so"
isnt "$(rows 3 | cut -d'|' -f4)" "$at" "and when"

# --- edited

sed -i 's/^    x int/    x bigint/' $home/000001_t1.up.sql
commit=$(git log --format=%h -1)
run "$SKEIN" docs --connected
like "$(rows 1 | grep development)" "edited since: the up half, line 3; SHA-256 [0-9a-f]{12}… was applied, [0-9a-f]{12}… is there; git has what was applied in commit $commit" \
    "what was edited, where git has it"
run "$SKEIN" validate --connected
like "$stdout" "was edited since: the up half, line 3; SHA-256" "also in validate"
git add -A && git commit -qm second
printf 'CREATE TABLE shop.t1 (\n    id int,\n    y int,\n    z int\n);\n' >$home/000001_t1.up.sql
run "$SKEIN" validate --connected
like "$stdout" "the up half, lines 3 to 4; .* in commit $commit" "several lines, an older commit"
rm -rf .git
run "$SKEIN" validate --connected
like "$stdout" "was edited since: the up half; SHA-256 [0-9a-f]{12}… was applied, [0-9a-f]{12}… is there" "the checksums without git"

done_testing
