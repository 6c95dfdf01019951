/// The two sides of a diff, each with the name that its files have.
struct DiffSides {
    struct Side {
        var name: String
        var result: Pipeline.Result
    }

    var old: Side
    var new: Side

    private typealias Named = (name: String, manifests: LoadedManifests)

    /// - Parameter paths: OLD and NEW, or with a range the one path in a repository.
    init(_ paths: [String], _ range: GitRange?, by pipeline: Pipeline) async throws {
        let (old, new) = try await Self.manifests(paths, range)
        // Both at once: neither needs anything of the other.
        async let first = pipeline.run(old.manifests)
        async let second = pipeline.run(new.manifests)
        let (before, after) = await (first, second)
        self.old = Side(name: old.name, result: before)
        self.new = Side(name: new.name, result: after)
    }

    /// What a cluster holds, and what it would hold with manifests.
    init(_ path: String, appliedTo live: LiveCluster, by pipeline: Pipeline) throws {
        let applied = try pipeline.result(of: try ManifestLoader.load([path]), appliedTo: live)
        old = Side(name: "cluster", result: pipeline.result(of: live))
        new = Side(name: path, result: applied)
    }

    private static func manifests(_ paths: [String], _ range: GitRange?) async throws -> (old: Named, new: Named) {
        guard let range else {
            let (old, new) = (paths[0], paths[1])
            return ((old, try ManifestLoader.load([old])), (new, try ManifestLoader.load([new])))
        }
        let path = paths[0]
        let start = try await range.start(at: path)
        let old = (name: "\(start.revision):\(path)", manifests: try await start.manifests())
        guard let head = range.head else { return (old, (path, try now(at: path, after: old.manifests))) }
        return (old, ("\(head):\(path)", try await GitRevision(revision: head, path: path).manifests()))
    }

    /// The manifests of the working tree; none where all that there was is deleted.
    private static func now(at path: String, after old: LoadedManifests) throws -> LoadedManifests {
        guard !old.files.isEmpty, ManifestLoader.isVacant(path) else { return try ManifestLoader.load([path]) }
        return LoadedManifests()
    }
}
