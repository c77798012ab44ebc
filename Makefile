# skein: the default goal and the fragments.  `make help` lists the targets.
.DEFAULT_GOAL := all

include mk/dev/build.mk
include mk/dev/test.mk
include mk/dev/check.mk
include mk/dev/bench.mk
include mk/dev/demo.mk
include mk/dev/docs.mk
include mk/dev/install.mk
include mk/dev/fuzz.mk
include mk/dev/campaign.mk

# Here the binary is a target of this very make.
SKEIN ?= $(BUILD)/skein
include mk/migrate.mk
skein-binary: $(BUILD)/skein

.PHONY: help
help: db-help ## List all targets
	@printf '\nskein itself:\n'
	@awk -F ': .*## ' '/^[a-z-]+: .*## / { printf "  %-20s %s\n", $$1, $$2 }' Makefile mk/dev/*.mk
