#include "sql/lock_mode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* The manual's table 13.2, row by row: # where the two keep each other out. */
static void conflicts_are_the_manuals(void **state)
{
    (void)state;
    static const char *const rows[LOCK_MODES] = {
        "         ", "        #", "       ##", "     ####", "    #####", "   ## ###", "   ######", "  #######", " ########",
    };
    for (int held = 0; held < LOCK_MODES; held++)
        for (int wanted = 0; wanted < LOCK_MODES; wanted++)
            assert_int_equal(lock_mode_conflicts((enum lock_mode)held, (enum lock_mode)wanted), rows[held][wanted] == '#');
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(conflicts_are_the_manuals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
