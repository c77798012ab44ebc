#include "sql/highlight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static void check(const char *sql, const char *html)
{
    struct str out = str_new(&arena);
    highlight_html(sql, strlen(sql), &out);
    assert_string_equal(out.at == NULL ? "" : out.at, html);
}

static void tokens_are_marked(void **state)
{
    (void)state;
    check("", "");
    check("select a FROM t;\n", "<span class=\"w\">select</span> a <span class=\"w\">FROM</span> t;\n");
    check("ALTER 12 'it''s' -- so", "<span class=\"w\">ALTER</span> <span class=\"n\">12</span> "
                                    "<span class=\"s\">&#39;it&#39;&#39;s&#39;</span> <span class=\"c\">-- so</span>");
}

static void everything_is_escaped(void **state)
{
    (void)state;
    check("a < \"<b>\" -- </pre>", "a &lt; &quot;&lt;b&gt;&quot; <span class=\"c\">-- &lt;/pre&gt;</span>");
    check("a 'no <end>", "a &#39;no &lt;end&gt;");
    check("$$<script>$$", "<span class=\"s\">$$&lt;script&gt;$$</span>");
}

static int forget(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tokens_are_marked), cmocka_unit_test(everything_is_escaped)};
    return cmocka_run_group_tests(tests, NULL, forget);
}
