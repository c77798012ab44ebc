#include "cli/docs_title.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void names_of_remotes(void **state)
{
    static const struct { const char *url, *name; } rows[] = {
        {"https://host/team/shop.git", "shop"}, {"git@host:team/shop.git", "shop"}, {"git@host:shop", "shop"},
        {"ssh://git@host:22/shop/", "shop"}, {"/srv/git/shop.git/", "shop"}, {"../shop", "shop"}, {"..", NULL},
        {"https://user:secret@host", NULL}, {"https://user:secret@host/", NULL}, {"", NULL}, {".git", NULL},
        {"file:///srv/shop.git", "shop"}};
    struct arena scratch = {0};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *name = docs_title_of_url(&scratch, rows[i].url);
        if (!str_same(name, rows[i].name))
            fail_msg("%s: %s, not %s", rows[i].url, name == NULL ? "none" : name, rows[i].name == NULL ? "none" : rows[i].name);
    }
    arena_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_remotes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
