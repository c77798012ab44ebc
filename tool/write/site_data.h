/* What the templates of a site show: the data of a page, and beside it pictures, coloured SQL, and links around it. */
#ifndef WRITE_SITE_DATA_H
#define WRITE_SITE_DATA_H

#include "write/site.h"

void site_data_set(const struct site *site, struct doc_page *page);

#endif
