# The rules of the house, as targets.
#
#   make check          all of them; installs what it needs
#   make check-gcc      warnings are errors with gcc …
#   make check-clang    … and with clang
#   make check-headers  every header compiles alone
#   make check-house    folders, banned functions, sizes, the map in tool/README.md
#   make check-lint     clang-tidy, as .clang-tidy says

.PHONY: map
map: ## Write the tables of modules in tool/README.md
	mk/dev/map --write

.PHONY: check check-run check-gcc check-clang check-headers check-house check-lint
check: ## Install what checks need, run all of them
	@scripts/bootstrap check
	@$(MAKE) $(PARALLEL) --no-print-directory -k check-run

check-run: check-house check-headers check-lint check-gcc check-clang

check-gcc:
	@$(MAKE) $(PARALLEL) --no-print-directory CC=gcc BUILD=build/gcc DEVELOPER=1 build/gcc/skein build-tests
check-clang:
	@$(MAKE) $(PARALLEL) --no-print-directory CC=clang BUILD=build/clang DEVELOPER=1 build/clang/skein build-tests

.PHONY: build-tests
build-tests: $(UNIT_TESTS)

check-headers: $(HEADERS:tool/%.h=$(OBJ)/%.h.alone)
$(OBJ)/%.h.alone: tool/%.h $(OBJ)/flags | $(GEN)/sql.h
	$(Q)mkdir -p $(@D) && $(CC) $(SKEIN_CFLAGS) -MF $(@:.alone=.d) -MT $@ -fsyntax-only -x c $< && touch $@

check-house:
	@mk/dev/check-house

# Each file once, until it changes.
check-lint: $(SOURCES:tool/%.c=$(OBJ)/%.tidy) $(OBJ)/main.tidy
$(OBJ)/%.tidy: tool/%.c $(OBJ)/%.o .clang-tidy
	@echo "  LINT  $<"
	$(Q)clang-tidy --quiet $< -- $(filter-out -MMD -MP,$(SKEIN_CFLAGS)) >$@.log 2>/dev/null && rm -f $@.log && touch $@ || \
	    { cat $@.log; false; }

-include $(wildcard $(OBJ)/*/*.h.d)
