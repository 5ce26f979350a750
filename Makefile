# `make` prints the verbs.
MVN := tools/mvn
PREFIX ?= /opt/patchbay
CNI_BIN ?= /opt/cni/bin
UNITS ?= /etc/systemd/system
FUZZ_MINUTES ?= 10
CLUSTER_PORT ?= 16443
NODES ?= 1
DIST := build/patchbay

.PHONY: help build check test dist repository install uninstall demo cluster cluster-down conformance-peers bench bench-dpdk fuzz mutation modes fmt clean packages-%

help: ## these verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 20

build: packages-build ## compile everything, without tests
	@$(MVN) -q -T1C package -DskipTests -Dspotless.check.skip

check: packages-build ## what needs no root: compile, format, rules, unit tests (3 minutes)
	@$(MVN) -q -T1C verify

test: packages-test ## everything, as root on Debian 12
	@tools/test

dist: build ## the tree of an installation, in build/patchbay
	@tools/dist $(DIST)

repository: packages-build ## what delegates and network functions of others are built with, as a Maven repository in build/repository
	@tools/repository build/repository

install: dist ## put it on this node, with a systemd unit
	@tools/install '$(DIST)' '$(DESTDIR)' '$(PREFIX)' '$(CNI_BIN)' '$(UNITS)'

uninstall: ## take it away again; configuration and state stay
	@tools/uninstall '$(DESTDIR)' '$(PREFIX)' '$(CNI_BIN)' '$(UNITS)'

demo: packages-demo dist ## two pods with three interfaces each, from nothing to nothing; KEEP=1 leaves them up
	@tools/java-main io.patchbay.e2e.Demo $(if $(KEEP),--keep)

cluster: packages-test dist ## a Kubernetes with Patchbay whose pods run; it stays: NODES=1, CLUSTER_PORT=16443 for its API server
	@tools/cluster up '$(CLUSTER_PORT)' '$(NODES)'

cluster-down: ## end it, or what is left of it
	@tools/cluster down

conformance-peers: packages-test dist ## certify Multus and Patchbay side by side on a real API server, into conformance/reports
	@tools/java-main io.patchbay.e2e.Peers

bench: packages-bench dist ## ADD and DEL beside Multus and the reference plugins
	@tools/java-main io.patchbay.bench.Main

bench-dpdk: packages-bench build ## forwarding by DPDK from Java beside testpmd, then JMH: what a burst costs and allocates; on two CPUs, best idle
	@tools/java-main io.patchbay.bench.dpdk.Main

fuzz: packages-build ## the decoders on inputs nobody thought of: FUZZ_MINUTES=10 in all, FUZZ_ONLY=part of a class name
	@tools/fuzz $(FUZZ_MINUTES) $(FUZZ_ONLY)

mutation: packages-test ## change one thing at a time in the plan and in the kit's rules; a test must notice: MUTATION_ONLY=core or kit
	@tools/mutation $(MUTATION_ONLY)

modes: build ## write the table of modes into the README of delegates/vpc
	@"$$(tools/jdk)/bin/java" -cp "$$(tools/class-path delegates/vpc)" io.patchbay.vpc.modes.ModesTable delegates/vpc/README.md

fmt: ## format all sources
	@$(MVN) -q spotless:apply

clean: ## remove what was built
	@$(MVN) -q clean; rm -rf build meta-cni/*/.cifuzz-corpus

packages-%:
	@tools/packages $*
