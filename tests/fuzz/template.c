/*
 * libFuzzer's door to templates: no text makes compiling or rendering crash or hang, whatever the mode; what fails
 * says where and what to do; a template without tags is its own result.
 */
#include "text/template.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void must_explain(const struct err *err)
{
    must(err->kind == ERR_INPUT && err->message != NULL && err->hint != NULL);
    must(err->place.file != NULL && err->place.line > 0 && err->place.column > 0);
}

/* Every kind of value under a short name. */
static struct data *make_data(struct arena *arena)
{
    struct data *root = data_map(arena), *list = data_set(root, "l", data_list(arena));
    data_set_text(arena, root, "a", "<x 'y'>\n| \\ `z` */ \"\xc3\xa4\"");
    data_set_text(arena, root, "n", NULL);
    data_set_bool(arena, root, "t", true);
    data_set_bool(arena, root, "f", false);
    data_set_integer(arena, root, "i", -12);
    struct data *map = data_set(root, "m", data_map(arena)), *inner = data_list(arena);
    data_set_text(arena, map, "a", "1");
    data_set_text(arena, map, "b", "skein: +");
    data_add_text(arena, inner, "x");
    data_set(map, "l", data_share(arena, inner));
    data_add(list, data_share(arena, map));
    data_add_text(arena, list, "");
    data_add(list, inner);
    return root;
}

static void render(struct arena *arena, const struct templates *partials, const struct template *template,
                   struct template_options options)
{
    struct err err = {.arena = arena};
    struct str out = str_new(arena);
    options.limit = 20000;
    str_add(&out, "x");
    if (template_render(template, partials, &options, make_data(arena), &out, &err) == 0) {
        must(out.at[0] == 'x' && strlen(out.at) == out.length);
        must(memmem(template->source.content, template->source.length, "{{", 2) != NULL ||
             strcmp(out.at + 1, template->source.content) == 0);
    } else {
        must_explain(&err);
        must(strcmp(out.at, "x") == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct err err = {.arena = &arena};
    struct templates partials = {0};
    struct template *template = NULL;
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    const struct source source = {"fuzz.md", text, size};
    if (template_read(&arena, "p", &source, &template, &err) == 0) {
        templates_add(&arena, &partials, template);
        for (unsigned mode = TEMPLATE_PLAIN; mode <= TEMPLATE_SQL; mode++) {
            render(&arena, &partials, template, (struct template_options){.mode = mode});
            render(&arena, &partials, template, (struct template_options){.mode = mode, .lenient = true});
        }
    } else {
        must_explain(&err);
    }
    free(text);
    arena_release(&arena);
    return 0;
}
