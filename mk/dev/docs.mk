# Documentation that is printed from skein's own tables.
#
#   make docs-reference   writes docs/api-reference.md; tests/docs.t fails when it is not current

.PHONY: docs-reference
docs-reference: $(BUILD)/skein ## Print docs/api-reference.md from the tables
	$(Q){ $(BUILD)/skein help --markdown && awk -f mk/dev/targets.awk mk/migrate.mk; } > $(BUILD)/reference.md
	$(Q)mv $(BUILD)/reference.md docs/api-reference.md
