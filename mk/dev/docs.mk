# Documentation that is printed from skein's own tables.
#
#   make docs-reference   writes docs/api-reference.md; tests/docs.t fails when it is not current
#   make docs-rules       writes docs/rules.md and a page for each rule below docs/rules; so does tests/rules_command.t

.PHONY: docs-reference
docs-reference: $(BUILD)/skein ## Print docs/api-reference.md from the tables
	$(Q){ $(BUILD)/skein help --markdown && awk -f mk/dev/targets.awk mk/migrate.mk; } > $(BUILD)/reference.md
	$(Q)mv $(BUILD)/reference.md docs/api-reference.md

# The rules as skein has them, whatever this repository says about some.
.PHONY: docs-rules
docs-rules: $(BUILD)/skein ## Print docs/rules.md and the page of each rule
	$(Q)mk/dev/rule-pages $(BUILD)/skein docs
