# `make demo`: from an empty machine to three migrated services.

DEMO := $(BUILD)/skein

.PHONY: demo demo-run
demo: ## Install what is missing, build, migrate and seed the example services
	@scripts/bootstrap build
	@$(MAKE) $(PARALLEL) --no-print-directory demo-run

# The private server belongs to development, so that no setting from outside leads the demo elsewhere.
demo-run: export APP_ENV = development
demo-run: $(BUILD)/skein
	@scripts/demo $(DEMO)
