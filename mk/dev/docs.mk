# Documentation that is printed from skein's own tables.
#
#   make docs-reference   writes docs/api-reference.md; tests/cli.t fails when it is not current

.PHONY: docs-reference
docs-reference: $(BUILD)/skein
	$(Q)$(BUILD)/skein help --markdown > docs/api-reference.md.tmp && mv docs/api-reference.md.tmp docs/api-reference.md
