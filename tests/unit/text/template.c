#include "text/template.h"

#include "base/file.h"
#include "text/json.h"
#include "text/template_filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static struct node *read_json(const char *path, const char *text)
{
    struct node *root = NULL;
    if (json_read(&arena, path, text, strlen(text), &root, &err) != 0)
        fail_msg("%s: %s", path, err.message);
    return root;
}

static int add(struct templates *templates, const char *name, const char *text)
{
    struct template *template = NULL;
    struct source source = {arena_printf(&arena, "%s.md", name), text, strlen(text)};
    if (template_read(&arena, name, &source, &template, &err) != 0)
        return -1;
    templates_add(&arena, templates, template);
    return 0;
}

/* The result, or NULL with err filled.  `partials` is an object of JSON. */
static const char *try(struct template_options options, const char *text, const char *json, const char *partials)
{
    struct templates templates = {0};
    struct str out = str_new(&arena);
    err_clear(&err);
    err.detail = NULL;
    str_add(&out, "before:");
    node_each(partial, read_json("partials", partials))
        if (add(&templates, partial->key, partial->text) != 0)
            return NULL;
    if (add(&templates, "main", text) != 0)
        return NULL;
    const struct data *data = data_from_node(&arena, read_json("data", json));
    if (template_render(templates_find(&templates, "main"), &templates, &options, data, &out, &err) != 0) {
        assert_string_equal(out.at, "before:");
        return NULL;
    }
    return out.at + strlen("before:");
}

static void check(enum template_mode mode, const char *text, const char *json, const char *expected)
{
    const char *got = try((struct template_options){.mode = mode}, text, json, "{}");
    if (got == NULL || strcmp(got, expected) != 0)
        fail_msg("%s of %s gave %s, not %s", text, json, got == NULL ? err.message : got, expected);
}

/* --- the specification's cases, where they are */

static const char *cases_directory(void)
{
    static const char *const places[] = {"../shared/cases/mustache", "../../shared/cases/mustache"};
    const char *named = getenv("MUSTACHE_CASES");
    for (size_t i = 0; named == NULL && i < sizeof places / sizeof *places; i++)
        if (file_kind(places[i]) == FILE_DIRECTORY)
            return places[i];
    return named;
}

static void run_case(const char *module, const struct node *one)
{
    struct templates templates = {0};
    struct str out = str_new(&arena);
    const struct template_options options = {.mode = TEMPLATE_HTML, .lenient = true};
    const struct node *partials = node_find(one, "partials");
    const char *name = node_find(one, "name")->text, *expected = node_find(one, "expected")->text;
    if (partials != NULL)
        node_each(partial, partials)
            assert_int_equal(add(&templates, partial->key, partial->text), 0);
    if (add(&templates, "main", node_find(one, "template")->text) != 0 ||
        template_render(templates_find(&templates, "main"), &templates, &options,
                        data_from_node(&arena, node_find(one, "data")), &out, &err) != 0)
        fail_msg("%s, %s: %s", module, name, err.message);
    if (strcmp(out.at, expected) != 0)
        fail_msg("%s, %s: %s\n--- expected\n%s", module, name, out.at, expected);
}

static void keeps_to_the_specification(void **state)
{
    (void)state;
    static const struct { const char *name; size_t cases; } modules[] = {
        {"comments", 12}, {"delimiters", 14}, {"interpolation", 42}, {"inverted", 22}, {"partials", 12}, {"sections", 34}};
    const char *directory = cases_directory();
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        const char *path = arena_printf(&arena, "%s/%s.json", directory, modules[i].name);
        char *content = NULL;
        size_t length = 0, cases = 0;
        assert_int_equal(file_read(&arena, path, 0, &content, &length, &err), 0);
        node_each(one, node_find(read_json(path, content), "tests")) {
            run_case(modules[i].name, one);
            cases++;
        }
        if (cases < modules[i].cases)
            fail_msg("%s has %zu cases", path, cases);
    }
}

/* --- what is skein's own */

static void modes_differ_in_what_they_escape(void **state)
{
    (void)state;
    static const char data[] = "{\"x\": \"<a href='b'>&\\\"\", \"n\": null}";
    check(TEMPLATE_PLAIN, "{{x}}{{n}}", data, "<a href='b'>&\"");
    check(TEMPLATE_HTML, "{{x}}", data, "&lt;a href=&#39;b&#39;&gt;&amp;&quot;");
    check(TEMPLATE_HTML, "{{{x}}} {{& x}}", data, "<a href='b'>&\" <a href='b'>&\"");
    check(TEMPLATE_HTML, "{{x | html}}", data, "&lt;a href=&#39;b&#39;&gt;&amp;&quot;");
    check(TEMPLATE_PLAIN, "{{x | html}}", data, "&lt;a href=&#39;b&#39;&gt;&amp;&quot;");
    check(TEMPLATE_HTML, "{{x | html | line}}", data, "&amp;lt;a href=&amp;#39;b&amp;#39;&amp;gt;&amp;amp;&amp;quot;");
    check(TEMPLATE_HTML, "{{x | url}}", data, "%3Ca%20href%3D%27b%27%3E%26%22");
    check(TEMPLATE_HTML, "{{x | identifier}}|{{{x | identifier}}}", data,
          "&quot;&lt;a href=&#39;b&#39;&gt;&amp;&quot;&quot;&quot;|\"<a href='b'>&\"\"\"");
    check(TEMPLATE_SQL, "{{x | identifier}}, {{x | literal}}, {{{n}}}", data,
          "\"<a href='b'>&\"\"\", '<a href=''b''>&\"', ");
}

static void filters_make_what_they_say(void **state)
{
    (void)state;
    static const struct { const char *filters, *json, *expected; } cases[] = {
        {"identifier", "\"user_profiles\"", "user_profiles"},
        {"identifier", "\"order\"", "\"order\""},
        {"identifier", "\"a; DROP TABLE b\"", "\"a; DROP TABLE b\""},
        {"identifier", "\"\xc3\xa4\"", "\"\xc3\xa4\""},
        {"literal", "\"it's\"", "'it''s'"},
        {"literal", "\"a\\\\b\"", " E'a\\\\b'"},
        {"literal", "null", "NULL"},
        {"literal", "true", "'true'"},
        {"line | literal", "null", "NULL"},
        {"line | literal", "\" a\\n b\\t\"", "'a b'"},
        {"comment", "\"a\\nb\\r\\nc\\rd\\n\"", "a\n-- b\n-- c\n-- d"},
        {"comment", "\"*/ /* */\"", "* / / * * /"},
        {"comment", "\"skein: no-transaction\\n  Skein : x\\nskein is\\n+++++ DOWN\"",
         "> skein: no-transaction\n-- >   Skein : x\n-- skein is\n-- > +++++ DOWN"},
        {"number", "-12.50", "-12.50"},
        {"number", "0", "0"},
        {"line", "\"  a \\n\\n b\\r\\n\"", "a b"},
        {"line", "null", ""},
        {"markdown", "\"a_b _c_ *d* [e](f) <g> `h` i|j ~k~ \\\\ & &amp;\"",
         "a_b \\_c\\_ \\*d\\* \\[e\\](f) \\<g\\> \\`h\\` i\\|j \\~k\\~ \\\\ & \\&amp;"},
        {"markdown", "\"# a\\n- b\\n  12. c\\n1.5 d\\n+ e\\n===\\n2x\\n\"",
         "\\# a\n\\- b\n12\\. c\n1\\.5 d\n\\+ e\n\\===\n2x\n"},
        {"line | markdown", "\"a\\n| b\"", "a \\| b"},
        {"code", "\"a `b` ``c\"", "```a `b` ``c```"},
        {"code", "\"`a\"", "`` `a ``"},
        {"code", "\"a\\nb\"", "`a b`"},
        {"code", "\"\"", ""},
        {"code | cell", "\"a || b\"", "`a \\|\\| b`"},
        {"markdown | cell", "\"a | b\\nc\"", "a \\| b c"},
        {"url", "\"docs/a b\xc3\xa4?.md\"", "docs/a%20b%C3%A4%3F.md"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(TEMPLATE_PLAIN, arena_printf(&arena, "{{x | %s}}", cases[i].filters),
              arena_printf(&arena, "{\"x\": %s}", cases[i].json), cases[i].expected);
    check(TEMPLATE_PLAIN, "{{x|line|code}}{{=<% %>=}}<%x|line%>", "{\"x\": \"a\\nb\"}", "`a b`a b");
}

static void every_filter_takes_nothing_and_the_empty_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < template_filters_count; i++) {
        const char *text = arena_printf(&arena, "{{a | %s}}{{b | %s}}", template_filters[i].name, template_filters[i].name);
        const char *got = try((struct template_options){0}, text, "{\"a\": null, \"b\": \"\"}", "{}");
        assert_true(got != NULL || (err.kind == ERR_INPUT && err.hint != NULL));
    }
}

static void lists_know_their_ends(void **state)
{
    (void)state;
    check(TEMPLATE_SQL, "(\n{{#columns}}\n    {{#name}}{{. | identifier}}{{/name}} {{{type}}}{{^@last}},{{/@last}}\n{{/columns}}\n)",
          "{\"columns\": [{\"name\": \"id\", \"type\": \"int\"}, {\"name\": \"user\", \"type\": \"text\"}]}",
          "(\n    id int,\n    \"user\" text\n)");
    check(TEMPLATE_PLAIN, "{{#l}}{{^@first}}, {{/@first}}{{#.}}{{#@first}}<{{/@first}}{{.}}{{#@last}}>{{/@last}}{{/.}}{{/l}}",
          "{\"l\": [[1, 2], [3]]}", "<12>, <3>");
    check(TEMPLATE_PLAIN, "{{#l}}{{#@last}}{{.}}{{/@last}}{{/l}}", "{\"l\": [1, 2]}", "2");
    check(TEMPLATE_PLAIN, "{{#a}}a{{/a}}{{^a}}b{{/a}}", "{\"a\": \"\"}", "b");
}

static void partials_are_indented(void **state)
{
    (void)state;
    const char *got = try((struct template_options){0}, "a\n  {{> p}}\nb {{> q}}\n", "{\"l\": [1, 2], \"t\": \"x\\ny\"}",
                          "{\"p\": \"1\\n\\n{{#l}}\\n{{.}}\\n{{/l}}\\n{{t}}\\n {{> q}}\\n{{#l}}{{.}}{{/l}}!\\n{{! x }}2\","
                          " \"q\": \"q1\\r\\n\\r\\nq2\\n\"}");
    assert_string_equal(got, "a\n  1\n\n  1\n  2\n  x\ny\n   q1\r\n\r\n   q2\n  12!\n  2b q1\r\n\r\nq2\n\n");
}

static void the_last_of_a_name_counts(void **state)
{
    (void)state;
    struct templates templates = {0};
    assert_null(templates_find(&templates, "a"));
    assert_null(templates_find(NULL, "a"));
    assert_int_equal(add(&templates, "a", "1"), 0);
    assert_int_equal(add(&templates, "b", ""), 0);
    assert_int_equal(add(&templates, "a", "2"), 0);
    assert_int_equal(templates.names.count, 2);
    assert_string_equal(templates_find(&templates, "a")->source.content, "2");
}

static void says_what_is_wrong_and_where(void **state)
{
    (void)state;
    static const struct { const char *text; int line, column; const char *message, *hint; } cases[] = {
        {"a\n {{b", 2, 2, "never ends: \"}}\" was expected", "end it with }}"},
        {"{{{b}}", 1, 1, "\"}}}\" was expected", "end it with }}}"},
        {"{{=<% %>}}", 1, 1, "\"=}}\" was expected", "end it with =}}"},
        {"\xc3\xa4 {{{b}} }}}", 1, 7, "\"}}}\" was expected after the name, found \"}}\"", "a name has no blanks"},
        {"{{ }}", 1, 1, "has no name", "between {{ and }}"},
        {"{{a b}}", 1, 5, "\"}}\" was expected after the name, found \"b\"", "a name has no blanks"},
        {"{{#x | line}}{{/x}}", 1, 6, "found \"| line\"", "only variables have filters"},
        {"{{> x | line}}", 1, 7, "found \"| line\"", "only variables have filters"},
        {"{{x..y}}", 1, 5, "nothing beside a dot", "write a.b"},
        {"{{.x}}", 1, 3, "nothing beside a dot", "write a.b"},
        {"{{x.}}", 1, 5, "nothing beside a dot", "write a.b"},
        {"{{<x}}", 1, 3, "a name was expected, found \"<x\"", "{{> name}}"},
        {"{{@lats}}", 1, 3, "a name was expected", "@first and @last"},
        {"{{x | identifer}}", 1, 7, "unknown filter \"identifer\"", "did you mean identifier?"},
        {"{{x | quite-another}}", 1, 7, "unknown filter \"quite-another\"", "filters are identifier, literal"},
        {"{{x | }}", 1, 5, "a filter behind a bar was expected", "{{name | line | markdown}}"},
        {"{{x | line line}}", 1, 12, "a filter behind a bar was expected", "{{name | line | markdown}}"},
        {"{{x |line|line|line|line|line}}", 1, 25, "more than 4 filters", "{{name | line | markdown}}"},
        {"{{= <% =}}", 1, 1, "two delimiters were expected, found \"<%\"", "separated by a blank"},
        {"{{=a=b c=}}", 1, 1, "two delimiters were expected", "without blanks and ="},
        {"{{= a b c =}}", 1, 1, "two delimiters were expected", "separated by a blank"},
        {"\n{{#x}}\n{{#y}}{{/y}}", 2, 1, "the section \"x\" never ends", "write {{/x}}"},
        {"{{/x}}", 1, 1, "ends here and never began", "write {{#x}}"},
        {"{{#x}}\n{{#y}}\n{{/x}}{{/y}}", 3, 1, "the end of section \"y\" (line 2) was expected, found that of \"x\"",
         "write {{/y}} first"},
        {"\xef\xbb\xbf{{x}}", 1, 1, "byte order mark", "without BOM"},
        {"a\xff", 1, 2, "0xFF is not UTF-8", "save the file"},
        {"\n{{nmae}}", 2, 1, "\"nmae\" is unknown", "did you mean name?"},
        {"{{#colour}}{{/colour}}", 1, 1, "\"colour\" is unknown", "here are name, person and list"},
        {"{{^nam}}{{/nam}}", 1, 1, "\"nam\" is unknown", "did you mean name?"},
        {"{{person.first}}", 1, 1, "\"first\" of \"person.first\" is unknown", "did you mean firs?"},
        {"{{name.x}}", 1, 1, "\"name\" is a text and has no \"x\"", "take the tag out"},
        {"{{person}}", 1, 1, "\"person\" is a map, and a text was expected", "write {{#person}}"},
        {"{{list}}", 1, 1, "\"list\" is a list, and a text was expected", "write {{#list}}"},
        {"{{#@last}}{{/@last}}", 1, 1, "\"@last\" stands outside of any list", "between {{#list}}"},
        {" {{> mian}}", 1, 2, "there is no template \"mian\"", "did you mean main?"},
        {"x{{> main}}", 1, 2, "more than 100 deep: main > main", "a list of their own"},
        {"{{empty | identifier}}", 1, 1, "\"empty\" is unknown", "here are"},
        {"{{#list}}{{. | identifier}}{{/list}}", 1, 10, "\".\" is empty, and a name", "the filter identifier"},
        {"{{name | number}}", 1, 1, "\"name\" is \"Ann\", and a number was expected", "the filter number"},
    };
    static const char data[] = "{\"name\": \"Ann\", \"person\": {\"firs\": 1}, \"list\": [\"\"]}";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = try((struct template_options){0}, cases[i].text, data, "{}");
        if (got != NULL)
            fail_msg("%s gave %s", cases[i].text, got);
        if (strstr(err.message, cases[i].message) == NULL || strstr(err.hint, cases[i].hint) == NULL)
            fail_msg("%s says %s; %s", cases[i].text, err.message, err.hint);
        if (err.place.line != cases[i].line || err.place.column != cases[i].column || err.kind != ERR_INPUT)
            fail_msg("%s fails at %d:%d", cases[i].text, err.place.line, err.place.column);
        assert_string_equal(err.place.file, "main.md");
        assert_non_null(err.source_line);
    }
}

static void sql_wants_to_know_how(void **state)
{
    (void)state;
    const struct template_options sql = {.mode = TEMPLATE_SQL};
    static const char data[] = "{\"x\": \"a\", \"no\": false}";
    static const char *const wrong[] = {"{{x}}", "{{#no}}{{x}}{{/no}}", "{{x | line}}", "{{x | literal | line}}",
                                        "{{x | url}}", "{{x | literal}} {{x}}", "{{.}}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(try(sql, wrong[i], data, "{}"));
        assert_non_null(strstr(err.message, "does not say how it is quoted"));
    }
    assert_string_equal(try(sql, "{{x | line | literal}}{{{x}}}{{&x}}{{#no}}{{/no}}", data, "{}"), "'a'aa");
    assert_null(try(sql, "\n{{> p}}", data, "{\"p\": \"{{#no}}\\n{{x}}{{/no}}\"}"));
    assert_string_equal(err.place.file, "p.md");
    assert_int_equal(err.place.line, 2);
    assert_string_equal(err.detail, "included at main.md:2:1");
}

static void an_error_in_a_partial_says_how_it_came_there(void **state)
{
    (void)state;
    assert_null(try((struct template_options){0}, "\n {{> a}}", "{}", "{\"a\": \"..{{> b}}\", \"b\": \"\\n\\n{{x}}\"}"));
    assert_string_equal(err.place.file, "b.md");
    assert_int_equal(err.place.line, 3);
    assert_string_equal(err.source_line, "{{x}}");
    assert_string_equal(err.detail, "included at a.md:1:3, included at main.md:2:2");
    assert_null(try((struct template_options){0}, "{{> a}}", "{\"l\": [{}]}",
                    "{\"a\": \"{{#l}}{{> b}}{{/l}}\", \"b\": \"{{> a}}\"}"));
    assert_non_null(strstr(err.message, "100 deep: a > b > a"));
}

static void what_is_missing_may_be_empty(void **state)
{
    (void)state;
    const struct template_options lenient = {.lenient = true};
    assert_string_equal(try(lenient, "[{{x}}{{x.y}}{{#x}}a{{/x}}{{^x}}b{{/x}}{{> x}}{{#@last}}c{{/@last}}{{.}}{{l}}]",
                            "{\"l\": [1]}", "{}"), "[b]");
    assert_null(try(lenient, "{{x | identifier}}", "{}", "{}"));
    assert_null(try(lenient, "{{> main}}", "{}", "{}"));
}

static void nothing_grows_without_end(void **state)
{
    (void)state;
    const struct template_options small = {.limit = 1000};
    struct str deep = str_new(&arena);
    for (int i = 0; i < 32; i++)
        str_add(&deep, "{{#l}}");
    for (int i = 0; i < 32; i++)
        str_add(&deep, "{{/l}}");
    assert_null(try((struct template_options){.limit = 100000}, deep.at, "{\"l\": [1, 2]}", "{}"));
    assert_non_null(strstr(err.message, "more than 100000 bytes and tags"));
    assert_null(try(small, "{{> a}}{{> a}}", "{\"x\": \"0123456789\"}",
                    "{\"a\": \"{{> b}}{{> b}}\", \"b\": \"{{> c}}{{> c}}\", \"c\": \"{{> d}}{{> d}}\","
                    " \"d\": \"{{x}}{{x}}{{x}}{{x}}{{x}}{{x}}{{x}}{{x}}\"}"));
    assert_string_equal(err.place.file, "d.md");
    const char *deeper = arena_printf(&arena, "{{#l}}%s{{/l}}", deep.at);
    assert_null(try(small, deeper, "{}", "{}"));
    assert_non_null(strstr(err.message, "inside of 32 others"));
}

static void nothing(void **state)
{
    (void)state;
}

/* cmocka's own skip() has no reason to give, and TAP takes what it prints for a failure. */
static struct CMUnitTest specification(void)
{
    if (cases_directory() != NULL)
        return (struct CMUnitTest)cmocka_unit_test(keeps_to_the_specification);
    return (struct CMUnitTest){"the specification # SKIP its cases are not here; MUSTACHE_CASES names their directory",
                               nothing, NULL, NULL, NULL};
}

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        specification(),
        cmocka_unit_test(modes_differ_in_what_they_escape),
        cmocka_unit_test(filters_make_what_they_say),
        cmocka_unit_test(every_filter_takes_nothing_and_the_empty_text),
        cmocka_unit_test(lists_know_their_ends),
        cmocka_unit_test(partials_are_indented),
        cmocka_unit_test(the_last_of_a_name_counts),
        cmocka_unit_test(says_what_is_wrong_and_where),
        cmocka_unit_test(sql_wants_to_know_how),
        cmocka_unit_test(an_error_in_a_partial_says_how_it_came_there),
        cmocka_unit_test(what_is_missing_may_be_empty),
        cmocka_unit_test(nothing_grows_without_end),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, release);
}
