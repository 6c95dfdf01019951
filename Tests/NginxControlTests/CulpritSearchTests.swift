import Commands
import Controller
import Diagnostics
import IngressTranslation
import Template
import Testing

@testable import NginxControl

struct CulpritSearchTests {
    @Test func `culprits are looked for one by one, then by namespace, then no more`() {
        let search = CulpritSearch(ProofBounds(search: .seconds(10)))
        #expect(search.reach(after: .zero) == .object)
        #expect(search.reach(after: .seconds(9)) == .object)
        #expect(search.reach(after: .seconds(10)) == .namespace)
        #expect(search.reach(after: .seconds(19)) == .namespace)
        #expect(search.reach(after: .seconds(20)) == .everything)
    }

    @Test func `where one attempt takes long there is time for more than a few`() {
        var search = CulpritSearch(ProofBounds(search: .seconds(10)))
        search.note(attempt: .seconds(5))
        search.note(attempt: .seconds(1))
        #expect(search.reach(after: .seconds(159)) == .object)
        #expect(search.reach(after: .seconds(160)) == .namespace)
    }

    @Test(arguments: [true, false])
    func `late in the search a culprit's whole namespace is set aside, named by nginx or found by halving`(
        isTraced: Bool
    ) async throws {
        let namespaces = ["one", "two", "three", "four"]
        var manifests = namespaces.flatMap { namespace in
            ["a", "b"].map {
                Site.ingress("\(namespace)-\($0)").replacing("namespace: shop", with: "namespace: \(namespace)")
            }
        }
        let bad = isTraced ? Poison.rewrite("bad") : Poison.appRoot("bad")
        manifests.append(bad.replacing("namespace: shop", with: "namespace: three"))
        let templates = try isTraced ? Poison.rewriteLocations() : Poison.appRootServers()
        let (prover, result, pipeline) = try await Site(manifests: manifests, templates: templates).prepare()
        let search = CulpritSearch(ProofBounds(search: .seconds(10_000)))
        let late = ContinuousClock.now - .seconds(15_000)
        var trial = Trial(of: result.candidate(of: pipeline), search, since: late)
        guard
            case .refused(let refusal, let origins) = try await prover.attempt(
                trial.translation.configuration,
                probing: .none
            )
        else {
            Issue.record("nginx takes it")
            return
        }
        #expect(try await prover.setAside(refusal, origins, &trial))
        let names = trial.proof.exclusions.objects.map(\.description).sorted()
        #expect(names == ["Ingress three/bad", "Ingress three/three-a", "Ingress three/three-b"])
    }
}
