/* What an action uses: the relations, types and functions that have to be there for it, and what it makes. */
#ifndef REVIEW_USE_H
#define REVIEW_USE_H

#include "sql/action.h"

enum use_class { USE_NONE, USE_RELATION, USE_TYPE, USE_FUNCTION };

struct use {
    enum use_class class;
    struct object_name name;
    size_t at;            /* of the part of the statement that names it; use_place knows better */
    bool touches;         /* it is changed, written, or referred to by a constraint: more than read */
    bool alters;          /* its definition or its rows change */
    bool certain;         /* the action fails when it is not there: no IF EXISTS, no branch, no body that runs later */
};
VEC(uses, struct use);

/* The names of PostgreSQL's own types and functions are left out.  What bodies do later is told by their function. */
void uses_of(struct arena *arena, const struct action *action, struct uses *uses);

/* Where the name itself stands in the text, as far as looking for it tells; else use->at. */
size_t use_place(const struct use *use, const struct action *action, const char *text);

/* What the action makes under its name; USE_NONE: nothing.  Temporary things count as nothing. */
enum use_class use_made(const struct action *action);

/* Behind the action of that number the dropped object is made again: views, functions, triggers are replaced like that. */
bool use_is_made_again(const struct action *dropped, const struct actions *actions, size_t number);

/* The class of an object; USE_NONE: one that has no place in a schema, or belongs to a table. */
enum use_class use_class_of(enum object_kind object);

#endif
