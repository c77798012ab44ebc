#!/usr/bin/env bash
# Documentation of services that have migrations of their own in each environment: whose environment is in force does
# not matter.
. "$(dirname "$0")/lib/tap.sh"
mkdir -p "$scratch/repo"
cd "$scratch/repo" || exit
git init -q
home=services/shop/migrations
pages=$home/docs
unset ENV APP_ENV SKEIN_ENVIRONMENT

migration()
{
    mkdir -p "$1"
    echo "$3" >"$1/$2.up.sql"
    echo "$4" >"$1/$2.down.sql"
}

says()
{
    if grep -qF -- "$2" "$1"; then pass "$3"; else fail "$3"; diag "in $1: $2"; fi
}

all_pages()
{
    find . -name '*.md' -exec sha256sum {} + | sort -k2
}

# --- without environments nothing is said of them

migration $home 000001_base "CREATE TABLE shop.orders (id int, at date);" "DROP TABLE shop.orders;"
run "$SKEIN" docs
before=$(all_pages)
run env ENV=elsewhere "$SKEIN" docs --check
is "$status" 0 "without environments.json the variable means nothing" || diag "$stderr"
not_ok "and no page says anything of environments" grep -ri environment $pages docs

# --- every environment

for name in development staging production; do
    migration $home/$name 000002_parts "CREATE TABLE shop.parts (id int, $name int);" "DROP TABLE shop.parts;"
done
migration $home/development 000003_data "INSERT INTO shop.orders VALUES (1);" "DELETE FROM shop.orders;"
migration $home/production 000003_archive "CREATE TABLE shop.archive (id int);" "DROP TABLE shop.archive;"
cat >$home/environments.json <<'END'
{"environments": {
    "development": {"migrations": "development"},
    "staging": {"migrations": "staging"},
    "production": {"migrations": "production"},
    "test": {}
 }, "current_environment": "development"}
END
migration services/bill/migrations 000001_bills "CREATE TABLE bill.bills (id int);" "DROP TABLE bill.bills;"
cat >services/bill/migrations/dependencies.json <<'END'
{"migrations": {"000001": {"cross_service_dependencies": {"shop": ["000001"]}}}}
END
run "$SKEIN" docs
is "$status" 0 "one run" || diag "$stderr"
is "$(cd $pages && find . -name '*.md' | sort | paste -sd' ')" \
    "./README.md ./development/migration_000002.md ./development/migration_000003.md ./migration_000001.md ./production/migration_000002.md ./production/migration_000003.md ./staging/migration_000002.md" \
    "documents all environments"
written=$(all_pages)
for name in development staging production test; do
    run env ENV=$name "$SKEIN" docs --check
    is "$status" 0 "ENV=$name: nothing is stale" || diag "$stdout$stderr"
done
run env ENV=elsewhere "$SKEIN" docs
is "$status" 0 "nor where the variable means something else" || diag "$stderr"
is "$(all_pages)" "$written" "and nothing is written"
find . -name '*.md' -delete
run env APP_ENV=staging "$SKEIN" docs --quiet
is "$(all_pages)" "$written" "the same pages, whose environment it may be"

# --- what they say

says $pages/README.md '## Schema in production' "whose schema it is"
says $pages/README.md '3 migrations in production, schema' "and how many migrations made it"
says $pages/README.md '| 000001 | [base](migration_000001.md) |' "a migration of all environments"
row() { sed -n "s/^| $1 | \[$2\].*| \([^|]*\) |\$/\1/p" $pages/README.md; }
is "$(row 000001 base)" "all" "says so"
is "$(row 000002 parts)" "[production](production/migration_000002.md), [development](development/migration_000002.md), [staging](staging/migration_000002.md)" \
    "one that each environment has in its own way, once"
is "$(row 000003 archive)" "[production](production/migration_000003.md)" "one of the environment whose schema is shown"
is "$(row 000003 data)" "[development](development/migration_000003.md)" "one of another"
like "$(grep '^| 000003 | .data' $pages/README.md)" 'Inserts a row into shop.orders|Inserts 1 row into shop.orders' "with what it does"
is "$(sed -n '/^### Other environments/,/^###* [^O]/p' $pages/README.md | grep '^- ')" \
'- development: `archive` is not there
- development: `parts` has `development integer`; lacks `production integer`
- staging: `archive` is not there
- staging: `parts` has `staging integer`; lacks `production integer`
- test: `archive` is not there
- test: `parts` is not there' "how the schemas of other environments differ"
says $pages/production/migration_000002.md '| environment | production; another one in [development](../development/migration_000002.md), [staging](../staging/migration_000002.md) |' \
    "a page names the environments"
says $pages/staging/migration_000002.md '| environment | staging; another one in [production](../production/migration_000002.md), [development](../development/migration_000002.md) |' \
    "each of them"
says $pages/development/migration_000003.md '| environment | development only |' "also where it is the only one"
says $pages/migration_000001.md '- [000002_parts](staging/migration_000002.md) (staging)' "what needs a shared one, in every environment"
says docs/database/README.md 'as in production' "the index says whose it is"
not_ok "what is the same everywhere names no environment" grep -i production services/bill/migrations/docs/README.md

# --- stale is stale, in any environment

echo '-- x' >>$home/development/000003_data.up.sql
run env ENV=production "$SKEIN" docs --check
is "$status" 1 "a change in one environment is seen from another"
like "$stdout" "stale: $pages/development/migration_000003.md" "and named"
printf 'include %s/mk/migrate.mk\n' "$root" >Makefile
run make db-docs ENV=production
like "$stdout" "wrote $pages/development/migration_000003.md" "make db-docs writes it"
run make db-docs ENV=staging
is "$stdout$stderr" "" "and rests, in any environment"
rm $pages/staging/migration_000002.md
run make db-docs
like "$stdout" "wrote $pages/staging/migration_000002.md" "brings back a page that is missing"
rm $home/development/000003*
run "$SKEIN" docs
like "$stdout" "removed $pages/development/migration_000003.md" "a page goes with its migration"
sed -i '/"staging"/d' $home/environments.json
run "$SKEIN" docs
like "$stdout" "removed $pages/staging/migration_000002.md" "and with its environment"
not_ok "its folder goes, too" test -e $pages/staging

# --- whose schema is shown

run env SKEIN_DOCS_ENVIRONMENT=development "$SKEIN" docs --quiet
says $pages/README.md '## Schema in development' "docs_environment"
is "$(row 000002 parts)" "[development](development/migration_000002.md), [production](production/migration_000002.md)" "comes first"
run env SKEIN_DOCS_ENVIRONMENT=developmnt "$SKEIN" docs
is "$status" 2 "one that nobody has is an error"
like "$stderr" 'did you mean development\?' "with the nearest"
sed -i 's/"production"/"live"/; s/"current_environment": "development"/"current_environment": "live"/' $home/environments.json
mv $home/production $home/live && sed -i 's/: "production"/: "live"/' $home/environments.json
run "$SKEIN" docs
is "$status" 0 "without production" || diag "$stderr"
says $pages/README.md '## Schema in development' "the first that is named"

# --- services with other environments

git add -A && git -c user.name=a -c user.email=a@b commit -qm now
migration services/lone/migrations/only 000001_a "CREATE TABLE lone.a (id int);" "DROP TABLE lone.a;"
echo '{"environments": {"lab": {"migrations": "only"}}, "current_environment": "lab"}' >services/lone/migrations/environments.json
echo '{"migrations": {"000001": {"cross_service_dependencies": {"shop": ["000002"]}}}}' >services/bill/migrations/dependencies.json
run "$SKEIN" docs
is "$status" 0 "an environment that not every service has" || diag "$stderr"
ok "has its pages" test -f services/lone/migrations/docs/lab/migration_000001.md
says services/lone/migrations/docs/README.md '| [lab](lab/migration_000001.md) |' "and its service says so"
git clean -qfd . && git checkout -q .

# --- partitions, keys and types that differ

migration services/visits/migrations/development 000001_a 'CREATE TABLE visits.a (id int PRIMARY KEY, at date NOT NULL, n int); CREATE TABLE visits.b (at date) PARTITION BY RANGE (at);' 'DROP TABLE visits.a;'
migration services/visits/migrations/production 000001_a 'CREATE TABLE visits.a (id int, at date NOT NULL, n bigint, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE visits.b (at date);' 'DROP TABLE visits.a;'
echo '{"environments": {"development": {"migrations": "development"}, "production": {"migrations": "production"}}}' >services/visits/migrations/environments.json
run env SKEIN_DOCS_ENVIRONMENT=production "$SKEIN" docs
is "$(grep '^- development' services/visits/migrations/docs/README.md)" \
'- development: `a` is not partitioned; has `n integer` instead of `n bigint`; has `primary key id` instead of `primary key id, at`
- development: `b` is partitioned by `range (at)`' "each is set against what it stands for"
is "$(grep -A2 '^### a' services/visits/migrations/docs/README.md | tail -1)" 'Partitioned by `range (at)`.' "the table says by what it is partitioned"
run env SKEIN_DOCS_ENVIRONMENT=production "$SKEIN" docs --html "$scratch/visits"
says "$scratch/visits/visits/index.html" 'partitioned table by <code>range (at)</code>' "on the site, too"
git clean -qfd . && git checkout -q .

# --- the site

sed -i 's/"live": {"migrations": "[a-z]*"}/"production": {"migrations": "live"}/; s/"current_environment": "live"/"current_environment": "production"/' $home/environments.json
run env ENV=development "$SKEIN" docs --html site
is "$status" 0 "the site" || diag "$stderr"
is "$(cd site/shop && ls | paste -sd' ')" "000001_base.html 000002_parts+development.html 000002_parts+production.html 000003_archive+production.html index.html" \
    "has a page for each, too"
run env ENV=production "$SKEIN" docs --html site
like "$stdout" ': 0 files written, [0-9]* unchanged, 0 removed' "and is the same in every environment"
says site/shop/index.html 'Schema in production' "it says whose schema it is"
is "$(cd site && grep -oh 'href="[^"#:]*\.html' -r . --include=*.html | sort -u | wc -l)" \
   "$(cd site && grep -o 'href="[^"#:]*\.html' -r . --include=*.html | sort -u | while IFS=: read -r page link; do
       test -f "$(dirname "$page")/$(sed 's/^href="//; s/%2B/+/' <<<"$link")" && echo "${link}"; done | sort -u | wc -l)" "every link leads somewhere"

done_testing
