/* A service: where its configuration lies; service_find and service_get are in model/catalog.h. */
#ifndef MODEL_SERVICE_H
#define MODEL_SERVICE_H

#include "model/catalog.h"

/* config.yaml or config/config.yaml of a service's directory; NULL when it has neither. */
const char *service_config_path(struct arena *arena, const char *directory);

#endif
