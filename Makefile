# skein: the default goal and the fragments.  `make help` lists the targets.
.DEFAULT_GOAL := all

include mk/dev/build.mk
include mk/dev/test.mk
include mk/dev/check.mk
include mk/dev/demo.mk
include mk/dev/bench.mk
include mk/migrate.mk
