#include "sql/plpgsql.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct arena arena;

/* A body, and its parts: kind, ? for what may not be reached, and the text; ! where the body is not followed. */
static const struct {
    const char *body, *parts;
} cases[] = {
    {"begin drop table t; end", "sql drop table t|"},
    {"BEGIN END;", ""},
    {"#variable_conflict use_column\n<<l>> declare x int := 3; begin null; end l;", ""},
    {"declare c cursor (n int) for select * from t where a = n; begin open c(1); end", "sql select * from t where a = n|"},
    {"begin perform f(1), 2; end", "sql SELECT f(1), 2|"},
    {"begin x := 1; x.y[1] = (select 2); end", "expression SELECT 1|expression SELECT (select 2)|"},
    {"begin select a, b into x, y.z[1] from t; end", "sql select a, b                from t|"},
    {"begin insert into t values (1) returning a into strict x; end", "sql insert into t values (1) returning a              |"},
    {"begin if a then b; elsif c then d; else e; end if; f; end",
     "expression SELECT a|sql? b|expression? SELECT c|sql? d|sql? e|sql f|"},
    {"begin case x when 1 then a; when 2 then b; else c; end case; d; end",
     "expression SELECT x|expression? SELECT 1|sql? a|expression? SELECT 2|sql? b|sql? c|sql d|"},
    {"begin loop a; exit when b; end loop; while c loop d; end loop; e; end", "sql? a|expression SELECT c|sql? d|sql e|"},
    {"begin for r in select 1 loop a; end loop; for i in 1..9 loop b; end loop; foreach v in array c loop d; end loop; end",
     "sql select 1|sql? a|sql? b|sql? d|"},
    {"begin for r in execute 'x' using y loop a; end loop; end", "execute SELECT 'x'|sql? a|"},
    {"begin a; begin b; exception when others then c; end; d; end", "sql a|sql? b|sql? c|sql d|"},
    {"begin a; if b then return; end if; c; end", "sql a|expression SELECT b|sql? c|"},
    {"begin return query select 1; return query execute 'a' using b; return next c; a; end",
     "sql select 1|execute SELECT 'a'|expression SELECT c|sql a|"},
    {"begin execute 'a;' || b into c using d; raise notice 'x;y'; get diagnostics n = row_count; end",
     "execute SELECT 'a;' || b|"},
    {"begin open c for execute 'a'; open d for select 1; end", "execute SELECT 'a'|sql select 1|"},
    {"begin a /* ; end */ -- ; end\n; end", "sql a|"},
    {"begin a;", "sql a|!"},
    {"a;", "sql a|!"},
    {"begin a; end; b", "sql a|!"},
    {"begin 'a; end", "!"},
    {"", "!"},
};

static const char *parts_text(const char *body)
{
    static const char *const kinds[] = {"sql", "expression", "execute"};
    struct plpgsql_parts parts = {0};
    struct str out = str_new(&arena);
    bool whole = plpgsql_read(&arena, body, strlen(body), &parts);
    vec_each(part, &parts) {
        str_addf(&out, "%s%s %s|", kinds[part->kind], part->branch ? "?" : "", part->sql);
        assert_true(part->start < part->end && part->end <= strlen(body));
        size_t prefix = str_starts(part->sql, "SELECT ") ? strlen("SELECT ") : 0;
        assert_int_equal(body[part->base + prefix], part->sql[prefix]);
    }
    str_add(&out, whole ? "" : "!");
    return out.length == 0 ? "" : out.at;
}

static void each_body_gives_its_parts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_string_equal(parts_text(cases[i].body), cases[i].parts);
}

static void depth_does_no_harm(void **state)
{
    (void)state;
    static const char *const pieces[] = {"begin ", "if a then ", "loop ", "(", "case ", "<<", "declare ", "else ", "a["};
    enum { TIMES = 100000 };
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        struct arena own = {0};
        struct plpgsql_parts parts = {0};
        struct str body = str_new(&own);
        str_add(&body, "begin ");
        for (int at = 0; at < TIMES; at++)
            str_add(&body, pieces[i]);
        bool whole = plpgsql_read(&own, body.at, body.length, &parts);
        assert_false(whole);
        arena_release(&own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_body_gives_its_parts),
        cmocka_unit_test(depth_does_no_harm),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
