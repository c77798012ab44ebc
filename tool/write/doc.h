/*
 * Documentation: what the pages about migrations, services and the repository say, as data for templates.
 *
 * The catalog is replayed once on simulated schemas.  Each page is handed over as soon as it is known: those of
 * migrations in catalog order, then those of services, then the index.  Before that come, for each further environment,
 * the pages of the migrations that are its own.  A page's data lives until the call returns, so
 * that memory does not grow with the number of pages.  The same files give the same data: there is no clock in it.
 *
 * docs/documentation.md names the keys.
 */
#ifndef WRITE_DOC_H
#define WRITE_DOC_H

#include "model/catalog.h"
#include "model/state.h"
#include "model/variants.h"
#include "text/data.h"

enum doc_kind { DOC_MIGRATION, DOC_SERVICE, DOC_INDEX };

struct doc_page {
    enum doc_kind kind;
    const char *path;                  /* of the page, absolute */
    struct data *data;                 /* more may be set */
    struct arena *arena;               /* of the page */
    const struct service *service;     /* NULL: the index */
    const struct migration *migration; /* NULL: a service's page, or the index */
};

/* Where pages are, as absolute paths; links are made from them. */
struct doc_layout {
    const char *index;
    const char *(*service)(struct arena *arena, void *context, const struct service *service);
    const char *(*migration)(struct arena *arena, void *context, const struct migration *migration);
    void *context;
};

/* When a migration was applied in a database; texts are shown as they are. */
struct doc_applied {
    const char *environment, *at, *by, *duration, *state, *note; /* may be NULL */
};
VEC(doc_applications, struct doc_applied);

struct doc_request {
    struct arena *arena;
    const struct catalog *catalog;
    const struct variants *variants;   /* the first is of `catalog`; NULL: there are no others */
    const struct doc_layout *layout;
    const char *title;                 /* of the whole; NULL: "Database" */
    struct findings *faults;           /* what is not understood, as warnings, is added there; NULL: nobody asks */
    bool sql;                          /* pages of migrations hold the SQL itself, too */
    bool connected;                    /* and `applied` was asked for */
    const struct doc_applications *(*applied)(void *context, const struct migration *migration); /* NULL: unknown */
    void *applied_context;
    int (*page)(void *context, struct doc_page *page, struct err *err);
    void *context;
};

/* Errors: those of the callback, which end it. */
int doc_render(const struct doc_request *request, struct err *err);

/* "table-shop.orders": where a table is on its service's page. */
const char *doc_anchor(struct arena *arena, const char *schema, const char *name);

#endif
