import Controller
import Diagnostics
import IngressTranslation
import KubernetesModel
import Synchronization
import Testing

struct ReconcilerTests {
    private let plane = RecordingDataPlane()

    @Test func `what has not changed is not taken live twice`() async throws {
        let reconciler = Reconciler(plane)
        let first = await reconciler.reconcile(Site.reading(["a.example": "/1"]), try Site.settings())
        let second = await reconciler.reconcile(Site.reading(["a.example": "/1"]), try Site.settings())
        #expect([first.outcome, second.outcome] == [.success(.settled), .success(.unchanged)])
        #expect(plane.live == [["a.example=/1"]])
    }

    @Test func `a good Ingress that becomes bad keeps its last good form, and the others change`() async throws {
        let reconciler = Reconciler(plane)
        plane.refuse(["/bad"])
        _ = await reconciler.reconcile(Site.reading(["a.example": "/1", "b.example": "/1"]), try Site.settings())
        let report = await reconciler.reconcile(
            Site.reading(["a.example": "/bad", "b.example": "/2"]),
            try Site.settings()
        )
        #expect(plane.live.last == ["a.example=/1", "b.example=/2"])
        #expect(report.refusals == ["site.yaml:1:1: error: refused [nginx-refused]"])
        let entry = try #require(report.settingAside.entries.values.first)
        #expect(entry.lastGood != nil)
    }

    @Test func `on a cold start a bad Ingress is left out`() async throws {
        plane.refuse(["/bad"])
        let report = await Reconciler(plane).reconcile(
            Site.reading(["a.example": "/bad", "b.example": "/2"]),
            try Site.settings()
        )
        #expect(plane.live == [["b.example=/2"]])
        #expect(report.settingAside.entries.values.map(\.lastGood) == [nil])
    }

    @Test func `a bad Ingress is told at each reconcile, and tried again only when it changes`() async throws {
        let reconciler = Reconciler(plane)
        plane.refuse(["/bad"])
        _ = await reconciler.reconcile(Site.reading(["a.example": "/1"]), try Site.settings())
        _ = await reconciler.reconcile(Site.reading(["a.example": "/bad"]), try Site.settings())
        // The proxy would take it now, but nobody asks: neither because it moved in its file, nor with another's change.
        plane.refuse([])
        let moved = await reconciler.reconcile(
            Site.reading(["a.example": "/bad", "b.example": "/1"], above: "# moved\n\n"),
            try Site.settings()
        )
        #expect(plane.live.last == ["a.example=/1", "b.example=/1"])
        #expect(moved.refusals == ["site.yaml:3:1: error: refused [nginx-refused]"])
        let changed = await reconciler.reconcile(Site.reading(["a.example": "/3"]), try Site.settings())
        #expect(plane.live.last == ["a.example=/3"])
        #expect(changed.refusals.isEmpty && changed.settingAside.entries.isEmpty)
    }

    @Test func `a bad Ingress is tried again when a Secret that it names changes`() async throws {
        let reconciler = Reconciler(plane)
        plane.refuse(["/bad"])
        func report(_ secret: String) async throws -> ReconcileReport {
            await reconciler.reconcile(Site.reading(["a.example": "/bad"], secret: secret), try Site.settings())
        }
        _ = try await report("one")
        #expect(plane.live == [[]])
        plane.refuse([])
        #expect(try await report("one").settingAside.entries.count == 1)
        #expect(try await report("two").settingAside.entries.isEmpty)
        #expect(plane.live.last == ["a.example=/bad"])
    }

    @Test(arguments: [true, false])
    func `a bad Ingress is tried again when a ConfigMap changes that it names, or that holds for all`(
        _ isNamed: Bool
    ) async throws {
        let reconciler = Reconciler(plane)
        plane.refuse(["/bad"])
        var settings = try Site.settings()
        settings.globalConfigMap = isNamed ? nil : NamespacedName(namespace: "shop", name: "settings")
        func report(_ value: String) async throws -> ReconcileReport {
            let roots: KeyValuePairs = ["a.example": "/bad"]
            let reading =
                isNamed ? Site.reading(roots, headers: value) : Site.reading(roots, settings: value)
            return await reconciler.reconcile(reading, settings)
        }
        _ = try await report("one")
        #expect(plane.live == [[]])
        plane.refuse([])
        #expect(try await report("one").settingAside.entries.count == 1)
        #expect(try await report("two").settingAside.entries.isEmpty)
        #expect(plane.live.last == ["a.example=/bad"])
    }

    @Test func `what is set aside for others' sake is tried again once one of these is mended`() async throws {
        let reconciler = Reconciler(plane)
        plane.refuse(["/bad"])
        plane.setAsideWithCulprits(["/beside"])
        func live(_ roots: KeyValuePairs<String, String>) async throws -> [String]? {
            _ = await reconciler.reconcile(Site.reading(roots), try Site.settings())
            return plane.live.last
        }
        #expect(try await live(["a.example": "/bad", "b.example": "/beside", "c.example": "/1"]) == ["c.example=/1"])
        // Nobody asks for it as long as the other one is as it was.
        plane.setAsideWithCulprits([])
        #expect(try await live(["a.example": "/bad", "b.example": "/beside", "c.example": "/2"]) == ["c.example=/2"])
        let all = try await live(["a.example": "/1", "b.example": "/beside", "c.example": "/2"])
        #expect(all == ["a.example=/1", "b.example=/beside", "c.example=/2"])
    }

    @Test func `what is set aside where nobody is at fault is tried again at once`() async throws {
        let reconciler = Reconciler(plane)
        plane.setAsideWithCulprits(["/beside"])
        let first = await reconciler.reconcile(Site.reading(["b.example": "/beside"]), try Site.settings())
        #expect(first.settingAside.entries.count == 1)
        plane.setAsideWithCulprits([])
        let second = await reconciler.reconcile(Site.reading(["b.example": "/beside"]), try Site.settings())
        #expect(second.settingAside.entries.isEmpty)
        #expect(plane.live.last == ["b.example=/beside"])
    }

    @Test func `what has gone is set aside no more`() async throws {
        let reconciler = Reconciler(plane)
        plane.refuse(["/bad"])
        _ = await reconciler.reconcile(Site.reading(["a.example": "/bad", "b.example": "/1"]), try Site.settings())
        let report = await reconciler.reconcile(Site.reading(["b.example": "/1"]), try Site.settings())
        #expect(report.settingAside.entries.isEmpty)
        #expect(report.refusals.isEmpty)
    }

    @Test func `a later process serves the same in place of what is set aside`() async throws {
        let kept = Mutex(SettingAside())
        let first = Reconciler(plane) { aside in kept.withLock { $0 = aside } }
        plane.refuse(["/bad"])
        _ = await first.reconcile(Site.reading(["a.example": "/1"]), try Site.settings())
        _ = await first.reconcile(Site.reading(["a.example": "/bad"]), try Site.settings())
        let second = Reconciler(plane, settingAside: kept.withLock { $0 })
        let report = await second.reconcile(Site.reading(["a.example": "/bad"]), try Site.settings())
        #expect(report.outcome == .success(.unchanged))
        #expect(plane.live == [["a.example=/1"]])
    }

    @Test func `nothing goes live without what is set aside being remembered`() async throws {
        struct Full: Error {}
        plane.refuse(["/bad"])
        let report = await Reconciler(plane) { _ in throw Full() }.reconcile(
            Site.reading(["a.example": "/bad", "b.example": "/1"]),
            try Site.settings()
        )
        #expect(report.outcome == .failure(.unwritable(reason: "Full()")))
        #expect(plane.live.isEmpty)
    }

    @Test func `a failure changes nothing, and the next reconcile takes the latest state`() async throws {
        let reconciler = Reconciler(plane)
        _ = await reconciler.reconcile(Site.reading(["a.example": "/1"]), try Site.settings())
        plane.fail(with: .proxyDied)
        let failed = await reconciler.reconcile(Site.reading(["a.example": "/2"]), try Site.settings())
        #expect(failed.outcome == .failure(.proxyDied))
        plane.fail(with: nil)
        _ = await reconciler.reconcile(Site.reading(["a.example": "/3"]), try Site.settings())
        #expect(plane.live == [["a.example=/1"], ["a.example=/3"]])
    }
}

extension ReconcileReport {
    /// The findings about objects that are set aside.
    fileprivate var refusals: [String] { diagnostics.filter { $0.code == "nginx-refused" }.map(\.text) }
}
