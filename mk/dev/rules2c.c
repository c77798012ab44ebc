/*
 * rules2c FILE.yaml…: the built-in rules as C.  The documents are read now, and become trees of struct node that the
 * program finds ready: reading YAML would be half of what it does for one small file.
 */
#include "base/file.h"
#include "base/str.h"
#include "text/yaml.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 20 };

static void print_text(const char *text)
{
    if (text == NULL) {
        printf("0");
        return;
    }
    putchar('"');
    for (; *text != '\0'; text++)
        if (isalnum((unsigned char)*text) || strchr(" .,:;_-+*/()[]{}<>='", *text) != NULL)
            putchar(*text);
        else
            printf("\\%03o", (unsigned)(unsigned char)*text);
    putchar('"');
}

static size_t count(const struct node *node)
{
    size_t nodes = 1;
    node_each(child, node)
        nodes += count(child);
    return nodes;
}

static void print_link(size_t file, size_t to, bool present)
{
    if (present)
        printf(", &nodes_%zu[%zu]", file, to);
    else
        printf(", 0");
}

/* A node stands before its children, and they before what is next. */
static void print_node(size_t file, const struct node *node, size_t at)
{
    printf("    {%d, {path_%zu, %d, %d}, ", (int)node->kind, file, node->place.line, node->place.column);
    print_text(node->key);
    printf(", {path_%zu, %d, %d}, ", file, node->key_place.line, node->key_place.column);
    print_text(node->text);
    printf(", %d", node->truth);
    print_link(file, at + 1, node->first != NULL);
    print_link(file, at + count(node), node->next != NULL);
    printf("},\n");
    at++;
    node_each(child, node) {
        print_node(file, child, at);
        at += count(child);
    }
}

static int print_file(struct arena *arena, size_t file, const char *path, struct err *err)
{
    char *content;
    size_t length;
    struct node *root;
    if (file_read(arena, path, LARGEST_FILE, &content, &length, err) != 0 ||
        yaml_read(arena, path, content, length, &root, err) != 0)
        return -1;
    printf("static const char path_%zu[] = \"built-in/%s\";\nstatic struct node nodes_%zu[] = {\n", file, path_base(path), file);
    print_node(file, root, 0);
    printf("};\n\n");
    return 0;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct err err = {.arena = &arena};
    printf("#include \"review/rule_built_in.h\"\n\n");
    for (int i = 1; i < argc; i++)
        if (print_file(&arena, (size_t)i, argv[i], &err) != 0) {
            fprintf(stderr, "%s:%d:%d: %s\n", argv[i], err.place.line, err.place.column, err.message);
            return 1;
        }
    printf("const struct built_in_rules built_in_rules[] = {\n");
    for (int i = 1; i < argc; i++) {
        const char *base = path_base(argv[i]);
        printf("    {\"%.*s\", path_%d, nodes_%d},\n", (int)(strlen(base) - strlen(".yaml")), base, i, i);
    }
    printf("    {0, 0, 0},\n};\n");
    arena_release(&arena);
    return 0;
}
