#!/usr/bin/env bash
# Documentation as a static site: what is written, and how it reads in a browser.
. "$(dirname "$0")/lib/tap.sh"
cd "$scratch" || exit

put()
{
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}

migrations=services/shop/migrations
put $migrations/000001_create_customers.up.sql <<'SQL'
CREATE TABLE shop.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE
);
COMMENT ON TABLE shop.customers IS '<b class="name">Who</b> buys & pays';
SQL
put $migrations/000001_create_customers.down.sql <<<'DROP TABLE shop.customers;'
put $migrations/000002_create_orders.up.sql <<'SQL'
CREATE TABLE shop.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES shop.customers (id),
    amount numeric(12, 2) NOT NULL CHECK (amount >= 0)
);
CREATE INDEX orders_customer ON shop.orders (customer_id);
SQL
put $migrations/000002_create_orders.down.sql <<<'DROP TABLE shop.orders;'
put $migrations/000003_create_odd.up.sql <<'SQL'
CREATE TABLE shop."<script>alert(1)</script>" (
    "<img src=x onerror=alert(2)>" integer,
    "a ""b"" 'c' & d" text DEFAULT '</pre><script>alert(3)</script>' CHECK ("a ""b"" 'c' & d" <> '<script>alert(4)</script>')
);
CREATE TYPE shop."<script>alert(5)</script>" AS ENUM ('<script>alert(6)</script>');
CREATE VIEW shop."<script>alert(7)</script>" AS SELECT 1 AS "<script>alert(8)</script>";
SQL
put $migrations/000003_create_odd.down.sql <<'SQL'
DROP VIEW shop."<script>alert(7)</script>";
DROP TYPE shop."<script>alert(5)</script>";
DROP TABLE shop."<script>alert(1)</script>";
SQL
migrations=services/audit/migrations
put $migrations/000001_create_log.up.sql <<'SQL'
CREATE TABLE audit.log (
    id bigint PRIMARY KEY REFERENCES shop.orders,
    note text
);
SQL
put $migrations/000001_create_log.down.sql <<<'DROP TABLE audit.log;'
put $migrations/dependencies.json <<'JSON'
{
  "migrations": {
    "000001": {
      "description": "<script>alert(9)</script>",
      "cross_service_dependencies": {"shop": ["000002"]}
    }
  }
}
JSON

# --- what is written

run "$SKEIN" docs --html site
is "$status" 0 "skein docs --html" || diag "$stderr"
like "$stdout" '^site/index.html: 10 files written, 0 unchanged, 0 removed$' "it says what it wrote"
for path in index.html style.css site.js search.js shop/index.html shop/000001_create_customers.html \
            shop/000002_create_orders.html shop/000003_create_odd.html audit/index.html audit/000001_create_log.html; do
    ok "$path is there" test -s "site/$path"
done
is "$(find site -type f | wc -l)" 10 "and nothing else"

not_ok "no name becomes an element" grep -rlE '<(script>|img|b class)' site --include='*.html'
not_ok "nor ends a script" grep -l '</\?script' site/search.js
not_ok "no page asks a network for anything" grep -rnoE '(src|href)="?(https?:)?//[^"]*' site --include='*.html'
like "$(cat site/audit/000001_create_log.html)" '&lt;script&gt;alert\(9\)' "a description is shown as it is"

like "$(cat site/index.html)" 'href="audit/index.html#table-audit.log"' "the index has a picture of the tables of all services"
run "$SKEIN" docs --html site
like "$stdout" ': 0 files written, 10 unchanged, 0 removed$' "again: nothing is written"
run "$SKEIN" docs --html elsewhere/site
ok "the same files give the same bytes, wherever they are written" diff -r site elsewhere/site

echo 'CREATE TABLE audit.more (id bigint);' >services/audit/migrations/000002_more.up.sql
echo 'DROP TABLE audit.more;' >services/audit/migrations/000002_more.down.sql
run "$SKEIN" docs --html site --json
like "$stdout" '"written":5,"removed":0,"unchanged":6' "one migration more: its page, its neighbour's, its service's, the index, the search"
rm services/audit/migrations/000002_more.*
echo mine >site/audit/notes.html
run "$SKEIN" docs --html site
like "$stdout" '4 files written, 6 unchanged, 1 removed$' "one less: its page goes"
ok "what skein did not write stays" test -e site/audit/notes.html
rm site/audit/notes.html
ok "and nothing else has changed" diff -r site elsewhere/site

mkdir mine && echo mine >mine/index.html
run "$SKEIN" docs --html mine
is "$status" 2 "a directory that holds something else is refused"
like "$stderr" 'mine holds other files' "with the reason"
is "$(cat mine/index.html)" mine "and left as it is"
run "$SKEIN" docs --html site --check
is "$status" 2 "--check is not for sites"

# --- make
printf 'include %s\n' "$root/mk/migrate.mk" >Makefile
run make db-docs HTML=made
is "$status" 0 "make db-docs HTML=made" || diag "$stderr"
ok "the same site" diff -r site made
ok "and no pages beside the migrations" test ! -e services/shop/migrations/docs
run make db-docs HTML='$(shell touch harm)`touch harm`'
not_ok "a value is a name and nothing else" test -e harm
rm -rf Makefile

# --- what was applied
if [ -n "$(server_programs)" ]; then
    start_server
    new_database
    run "$SKEIN" up --to 2 --service shop
    run "$SKEIN" docs --html connected --connected
    is "$status" 0 "--connected" || diag "$stderr"
    ok "an applied migration says so" grep -q '<td>success</td>' connected/shop/000002_create_orders.html
    like "$(cat connected/shop/000003_create_odd.html)" '<p>Not applied.</p>' "and one that is not"
    unset DATABASE_URL
else
    skip "what was applied" "no PostgreSQL server programs; scripts/bootstrap test installs them"
fi

# --- templates of the repository

put templates/site/partials/foot.html <<'HTML'
</main><footer>Ours: {{repository.title}}</footer></body></html>
HTML
run "$SKEIN" docs --html own
ok "a partial of the repository counts" grep -q '<footer>Ours: ' own/shop/index.html
put templates/site/partials/foot.html <<<'{{no_such_thing}}'
run "$SKEIN" docs --html own
like "$stderr" 'templates/site/partials/foot.html:1:' "an error in it names file and line"
rm -r templates

mkdir -p services/audit/templates/site/partials
put services/audit/templates/site/partials/foot.html <<<'<p>Audited.</p></main></body></html>'
put services/audit/templates/site/style.css <<<'nothing'
run "$SKEIN" docs --html own
is "$(cd own && grep -rl Audited . | sort | paste -sd' ')" "./audit/000001_create_log.html ./audit/index.html" \
    "a service's own templates count for its pages"
ok "and for nothing that all pages share" cmp -s own/style.css site/style.css
put services/audit/templates/site/migration.html <<<'{{no_such_thing}}'
run "$SKEIN" docs --html own
like "$stderr" 'services/audit/templates/site/migration.html:1:' "with a place for their errors"
rm -r services/audit/templates own

# --- the title

title() { sed -n 's/.*<a class="home"[^>]*>\([^<]*\)<.*/\1/p' "$1/index.html"; }
is "$(title site)" "$(basename "$PWD")" "the name of the directory, where nothing else is known"
git init -q . && git remote add origin https://user:secret@host.example/team/web-shop.git
run "$SKEIN" docs --html titled
is "$(title titled)" web-shop "the name of git's remote"
not_ok "and no more of it" grep -rl secret titled
run env SKEIN_DOCS_TITLE='Shop & <more>' "$SKEIN" docs --html titled
is "$(title titled)" 'Shop &amp; &lt;more&gt;' "or as it is configured"
run "$SKEIN" docs --quiet
is "$(grep '^# ' docs/database/README.md)" '# Database' "pages in the repository are the same wherever it lies"
run env SKEIN_DOCS_TITLE='The *shop*' "$SKEIN" docs --quiet
is "$(grep '^# ' docs/database/README.md)" '# The \*shop\*' "unless a title is configured"
rm -rf .git titled docs services/*/migrations/docs

# --- many migrations

mkdir many && cd many && awk -v out=. -v count=1000 -v kind=mixed -v formats=pairs -f "$root/tests/bench/migrations.awk"
mkdir -p services/shop && mv pairs services/shop/migrations
run "$SKEIN" docs --html site
is "$status" 0 "a thousand migrations" || diag "$stderr"
is "$(find site/shop -name '0*.html' | wc -l)" 1000 "each has its page"
like "$(cat site/shop/index.html)" '<tr id="m001000">' "its service's page lists them"
unlike "$(cat site/shop/index.html)" '<svg' "and draws no picture that nobody could read"
cd ..

# --- partitions are part of what they belong to

mkdir -p parts/services/p/migrations && cd parts
echo 'CREATE TABLE p.visits (at date NOT NULL, id int, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
CREATE TABLE p.visits_old PARTITION OF p.visits DEFAULT;' >services/p/migrations/1_all.up.sql
echo 'DROP TABLE p.visits;' >services/p/migrations/1_all.down.sql
"$SKEIN" docs --html site --quiet
is "$(grep -oE '<a [^>]*class="box"[^>]*' site/p/index.html | wc -l)" 1 "in the picture"
like "$(cat site/p/index.html)" 'id="table-p.visits_old"' "but have their place below"
cd ..

# --- many tables

mkdir -p tables/services/big/migrations && cd tables
{ echo 'CREATE TABLE big.hub (id int PRIMARY KEY);'
  for i in {001..400}; do
      echo "CREATE TABLE big.t$i (id int PRIMARY KEY, hub int REFERENCES big.hub$([ $((10#$i % 40)) = 1 ] || printf ', up int REFERENCES big.t%03d' $((10#$i - 1))));"
  done; } >services/big/migrations/1_all.up.sql
echo 'DROP SCHEMA big CASCADE;' >services/big/migrations/1_all.down.sql
"$SKEIN" docs --html site --quiet
like "$(cat site/big/index.html)" '120 of 401 tables: 3 of the 10 groups that foreign keys join, the largest that have room, without hub, which very many refer to\.' \
    "of very many tables whole groups are drawn, and it is said"
is "$(grep -oE '<a [^>]*class="box"' site/big/index.html | wc -l)" 120 "with all of their tables"
like "$(cat site/search.js)" '"t400",' "the search knows the others"
cd ..

# --- in a browser

if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null || ! command -v python3 >/dev/null; then
    skip "the site in a browser" "no chromium, chromedriver, or python3; scripts/bootstrap browser installs them"
    done_testing
    exit
fi
while IFS=$'\t' read -r verdict name; do
    if [ "$verdict" = ok ]; then pass "$name"; else fail "$name"; fi
done < <(timeout 120 python3 "$root/tests/lib/site_browser.py" site 2>browser.log; echo "$?" >browser.status)
is "$(cat browser.status)" 0 "the browser's part came to its end" || diag "$(cat browser.log)"
done_testing
