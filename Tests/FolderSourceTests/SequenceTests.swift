import Foundation
import TestSupport
import Testing

@testable import FolderSource

@Suite struct SequenceTests {
    @Test(arguments: 0..<8 as Range<UInt64>)
    func `whatever is done to files, the reading is that of a reader who knows nothing`(_ seed: UInt64) async throws {
        try await TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            let source = try folder.source()
            // Half of the time nobody tells what happens.
            let isTold = seed.isMultiple(of: 2)
            try await withThrowingTaskGroup(of: Void.self) { group in
                if isTold { group.addTask { try await source.watch() } }
                var change = RandomChange(folder, SeededRandom(seed: seed))
                for step in 0..<150 {
                    let what = change.next()
                    let fresh = FolderReading(try folder.fresh())
                    // A process that another test is starting may hold a file open for a moment, as if to write it.
                    if isTold { try? await eventually("the reading") { await source.read() == fresh } }
                    let reading = await source.read()
                    try #require(reading == fresh, "step \(step): \(what)")
                }
                group.cancelAll()
            }
            #expect(try folder.kept() == [])
        }
    }

    @Test func `whoever reads at ticks alone ends up with the same`() async throws {
        // Nobody tells when what a link leads to is complete.
        try await WatchedFolder.use(writeLimit: .milliseconds(100)) { watched in
            let folder = try SourceFolder(existing: watched.url)
            var change = RandomChange(folder, SeededRandom(seed: 99))
            for _ in 0..<300 { _ = change.next() }
            let fresh = FolderReading(try folder.fresh())
            try await eventually("the same reading") { await watched.latest == fresh }
        }
    }
}

/// Does to a folder what people and programs do.
private struct RandomChange {
    private let folder: SourceFolder
    private var random: SeededRandom
    private let folders = ["", "x/", "x/y/", "z.yaml/"]

    init(_ folder: SourceFolder, _ random: SeededRandom) {
        self.folder = folder
        self.random = random
    }

    /// Makes one change and says which; one that is not possible is passed over.
    mutating func next() -> String {
        let (file, other, text) = (name(), name(), text())
        let number = Int.random(in: 0..<9, using: &random)
        switch number {
        case 0...2: try? folder.write(text, to: file)
        case 3: rename(folder.path(file), folder.path(other))
        case 4: unlink(folder.path(file))
        case 5: try? folder.remove(String(part().dropLast()))
        case 6: rename(folder.path(String(part().dropLast())), folder.path(String(part().dropLast())))
        case 7: link(folder.path(file), folder.path(other))
        default: symlink(folder.path(file), folder.path(other))
        }
        dropDeadLinks()
        return "\(number) \(file) \(other)"
    }

    private mutating func part() -> String { folders.dropFirst().randomElement(using: &random) ?? "x/" }

    private mutating func name() -> String {
        let name = ["a.yaml", "b.yml", "c.json", ".d.yaml", "e.txt"].randomElement(using: &random) ?? ""
        return (folders.randomElement(using: &random) ?? "") + name
    }

    /// Documents of which some have names that others have too; never empty, since an emptied file is given time.
    private mutating func text() -> String {
        let count = Int.random(in: 0...3, using: &random)
        return "# written\n"
            + (0..<count).map { _ in
                configMap(
                    ["a", "b", "c", "d", "e", "f"].randomElement(using: &random) ?? "",
                    "\(Int.random(in: 0..<10, using: &random))"
                )
            }.joined(separator: "---\n")
    }

    /// Removes links that lead nowhere: of those the good content is kept.
    private func dropDeadLinks() {
        var hasDead = true
        while hasDead {
            hasDead = false
            for path in FileManager.default.subpaths(atPath: folder.path("")) ?? []
            where !FileManager.default.fileExists(atPath: folder.path(path)) {
                hasDead = unlink(folder.path(path)) == 0 || hasDead
            }
        }
    }
}
