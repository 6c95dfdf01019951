import Commands
import Foundation
import Manifests
import RequestTestSupport
import TestSupport
import Testing

/// One folder of `Fixtures`: manifests, options, and what must come of them.
struct Fixture: Sendable, Equatable, CustomTestStringConvertible {
    let name: String

    /// The fixture without an Ingress: the others show only how they differ from it.
    static let baseline = Fixture(name: "baseline")

    var folder: URL { Self.allFolder.appending(path: name) }
    var expected: URL { folder.appending(path: "expected") }
    var testDescription: String { name }

    private static let allFolder = PackageRoot.url.appending(path: "Fixtures")

    /// Every folder that holds input, by name.
    static let all: [Fixture] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path(of: allFolder))) ?? []
        return names.sorted().map(Fixture.init).filter {
            FileManager.default.fileExists(atPath: path(of: $0.folder.appending(path: "input")))
        }
    }()

    /// A file that several tests use.
    static func resource(_ name: String) -> URL {
        PackageRoot.url.appending(path: "Tests/FixtureTests/Resources/\(name)")
    }

    /// The manifests, named as they would be by who stands in the fixture's folder: `input/ingress.yaml`.
    var input: [ManifestFile] {
        get throws {
            try ManifestLoader.load([path(of: folder.appending(path: "input"))]).files.map { file in
                var file = file
                file.name = String(file.name.dropFirst(path(of: folder).count + 1))
                return file
            }
        }
    }

    /// The requests, and what must come of each.
    var requests: [RequestExpectation] {
        get throws { try RequestFile.read(folder.appending(path: "requests.yaml")) }
    }

    /// The options that the fixture is translated with, as a command line has them.
    var arguments: [String] {
        get throws {
            let file = folder.appending(path: "settings.yaml")
            return FileManager.default.fileExists(atPath: path(of: file)) ? try OptionFile.arguments(file) : []
        }
    }
}

/// A file's path as the system has it.
func path(of url: URL) -> String {
    let path = url.path(percentEncoded: false)
    return path.hasSuffix("/") ? String(path.dropLast()) : path
}
