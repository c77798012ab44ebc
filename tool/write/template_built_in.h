/* The built-in templates as text: templates/ of the repository, made part of the binary by the build. */
#ifndef WRITE_TEMPLATE_BUILT_IN_H
#define WRITE_TEMPLATE_BUILT_IN_H

struct built_in_template {
    const char *name;   /* of the file, from templates/: "migration/table.up.sql" */
    const char *text;
};

extern const struct built_in_template built_in_templates[]; /* sorted by name; ends with a row without name */

#endif
