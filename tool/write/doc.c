#include "write/doc.h"

#include "base/path.h"
#include "review/review.h"
#include "write/docing.h"

static void see(void *context, const struct situation *situation)
{
    doc_see(context, situation);
}

static void called(void *context, const struct situation *situation)
{
    doc_called(context, situation);
}

static void half(void *context, const struct subject *subject, const struct script *script)
{
    doc_half(context, subject, script);
}

static void clear_page(struct doc *doc)
{
    arena_release(&doc->page);
    doc->halves[DIRECTION_UP] = doc->halves[DIRECTION_DOWN] = (struct doc_half){0};
    doc->touches = (struct doc_touches){0};
    doc->schema = NULL;
    doc->befores = (struct doc_befores){0};
    doc->differences = (struct phrases){0};
    doc->compared = false;
}

static int hand_over(struct doc *doc, struct doc_page *page)
{
    const struct doc_request *request = doc->request;
    page->path = doc->path;
    page->arena = &doc->page;
    if (request->page(request->context, page, doc->err) != 0)
        doc->failed = true;
    clear_page(doc);
    return doc->failed ? -1 : 0;
}

static void summarise(struct doc *doc, const struct migration *migration)
{
    const struct doc_half *up = &doc->halves[DIRECTION_UP];
    struct doc_summary *summary = &doc->summaries[migration->number];
    const char *description = doc_description(migration);
    summary->risk = doc_risk_name(up);
    summary->text = arena_strdup(doc->arena, description != NULL ? description : describe_summary(&doc->page, &up->does));
    if (up->faults.count > 0)
        summary->text = arena_printf(doc->arena, "Not all of it is understood: %s", up->faults.at[0].text);
}

static int migration_page(void *context, const struct migration *migration, const struct schema *schema)
{
    struct doc *doc = context;
    const struct doc_layout *layout = doc->request->layout;
    doc->schemas[migration->service->number] = schema;
    doc->path = layout->migration(&doc->page, layout->context, migration);
    if (doc->variant > 0 && migration->environment == NULL) {
        clear_page(doc);
        return 0;
    }
    doc_faults(doc, migration);
    if (!doc->compared && migration->down.path != NULL) /* which is empty */
        doc_compare(doc);
    summarise(doc, migration);
    struct doc_page page = {.kind = DOC_MIGRATION, .service = migration->service, .migration = migration};
    page.data = doc_migration(doc, migration);
    return hand_over(doc, &page);
}

static void other_pages(void *context)
{
    struct doc *doc = context;
    const struct doc_layout *layout = doc->request->layout;
    if (doc->variant > 0) {
        doc_note_schemas(doc);
        return;
    }
    vec_each(service, &doc->request->catalog->services) {
        if (doc->failed)
            return;
        doc->path = layout->service(&doc->page, layout->context, *service);
        struct doc_page page = {.kind = DOC_SERVICE, .service = *service};
        page.data = doc_service(doc, *service);
        (void)hand_over(doc, &page);
    }
    if (doc->failed)
        return;
    doc->path = layout->index;
    struct doc_page page = {.kind = DOC_INDEX};
    page.data = doc_index(doc);
    (void)hand_over(doc, &page);
}

/* Of a further environment nothing is looked at but what is its own. */
static bool is_own(void *context, const char *path)
{
    const struct doc *doc = context;
    return map_find(&doc->own, path) != NULL;
}

static void note_own(struct doc *doc)
{
    vec_each(migration, &doc->request->catalog->order)
        for (enum direction direction = DIRECTION_UP; direction <= DIRECTION_DOWN; direction++) {
            const char *path = migration_half(*migration, direction)->path;
            if ((*migration)->environment != NULL && path != NULL)
                map_put(doc->arena, &doc->own, path, *migration);
        }
}

static int render(const struct doc_request *request, const struct doc_fates *fates, struct doc_variant *variants,
                  size_t variant, struct err *err)
{
    const struct catalog *catalog = request->catalog;
    struct doc doc = {.request = request, .arena = request->arena, .err = err, .fates = fates,
                      .variants = variants, .variant = variant};
    struct rule_set none = {0};
    struct review_watch watch = {&doc, see, called, half, migration_page, other_pages};
    struct review review = {.arena = request->arena, .rules = &none, .findings = &doc.findings, .watch = &watch};
    doc.here = path_absolute(doc.arena, ".");
    doc.summaries = arena_alloc(doc.arena, (catalog->order.count + 1) * sizeof(*doc.summaries));
    doc.schemas = arena_alloc(doc.arena, (catalog->services.count + 1) * sizeof(*doc.schemas));
    variants[variant].summaries = doc.summaries;
    if (variant > 0) {
        note_own(&doc);
        review.wants = is_own;
        review.context = &doc;
    }
    if (variant == 0 || variants[variant].variant->differs)
        undeclared_find(doc.arena, catalog, &doc.undeclareds);
    review_catalog(&review, catalog, NULL);
    arena_release(&doc.page);
    return doc.failed ? -1 : 0;
}

/* Of environments without migrations of their own, one stands for all: they have the same schema. */
static const struct doc_variant *twin_of(const struct doc_variant *variants, size_t at)
{
    for (size_t i = 1; i < at && !variants[at].variant->differs; i++)
        if (!variants[i].variant->differs)
            return &variants[i];
    return NULL;
}

int doc_render(const struct doc_request *request, struct err *err)
{
    size_t count = request->variants == NULL ? 1 : request->variants->list.count;
    struct doc_variant *variants = arena_alloc(request->arena, count * sizeof(*variants));
    struct doc_fates fates;
    doc_fates_find(request->arena, request->catalog, count > 1, &fates);
    for (size_t i = 0; request->variants != NULL && i < count; i++)
        variants[i].variant = &request->variants->list.at[i];
    for (size_t i = 1; i < count; i++) {
        const struct doc_variant *twin = twin_of(variants, i);
        struct doc_request own = *request;
        own.catalog = variants[i].variant->catalog;
        if (twin != NULL)
            variants[i].tables = twin->tables;
        else if (render(&own, &fates, variants, i, err) != 0)
            return -1;
    }
    return render(request, &fates, variants, 0, err);
}
