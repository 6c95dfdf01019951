import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The state folder is full, read-only, another's, or of a later version.
@Suite(.timeLimit(.minutes(10)))
struct StateFolderTests {
    @Test func `on a full disk what served serves on, and the change goes live when there is space`() async throws {
        try await ControllerSite.use { site in
            try await site.mountState(size: "4m")
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { postern in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
                let answers = try await site.asking("a.example") {
                    site.fillDisk()
                    try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                    try await postern.awaitLog("the generation cannot be written: ")
                    #expect(postern.log.contains("No space left on device"), "\(postern.log)")
                    #expect(site.isWhole(at: "current") && site.isWhole(at: "good"))
                }
                #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
                unlink("\(site.state)/filler")
                try await site.awaitAnswer("302 /v2", of: "a.example")
                try await eventually("it is told") { site.status.map { $0.error == nil } == true }
                #expect(!site.generations.contains { $0.hasPrefix(".") })
            }
        }
    }

    @Test func `a disk that is full at the start is no reason to serve nothing`() async throws {
        try await ControllerSite.use { site in
            try await site.mountState(size: "4m")
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { _ in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
            }
            site.fillDisk()
            _ = try await site.run { postern in
                try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                try await postern.awaitLog("No space left on device")
                #expect(try await site.ask("a.example") == "302 /v1")
                unlink("\(site.state)/filler")
                try await site.awaitAnswer("302 /v2", of: "a.example")
            }
        }
    }

    @Test func `while the state folder is read-only nginx serves on, and then takes the change`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { postern in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
                try await site.whileReadOnly {
                    let answers = try await site.asking("a.example") {
                        try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                        try await postern.awaitLog("Read-only file system")
                    }
                    #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
                }
                try await site.awaitAnswer("302 /v2", of: "a.example")
            }
        }
    }

    @Test func `a state folder that is read-only at the start is named, with exit code 2`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            mkdir(site.state, 0o755)
            try await site.whileReadOnly {
                let end = try await site.runToEnd()
                #expect(end.status == .exited(2))
                #expect(end.log.hasPrefix("Error: \(site.state)/"), "\(end.log)")
                #expect(end.log.hasSuffix("Read-only file system\n"), "\(end.log)")
            }
        }
    }

    @Test func `a state folder that is removed while Postern runs is made again, and changes go live`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { postern in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                // Away at once: somebody may be writing in it.
                try FileManager.default.moveItem(atPath: site.state, toPath: "\(site.folder)/removed")
                try FileManager.default.removeItem(atPath: "\(site.folder)/removed")
                // Nothing else has changed.
                try await eventually("all is there again") {
                    site.isWhole(at: "current") && site.isWhole(at: "good") && site.status?.generation != nil
                }
                try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                try await site.awaitAnswer("302 /v2", of: "a.example")
                let second = try await site.runToEnd()
                #expect(second.log == "Error: \(site.state): another postern uses this state folder\n")
                postern.send(SIGTERM)
                try await postern.awaitEnd()
                await #expect(throws: (any Error).self) { try await site.ask("a.example") }
            }
        }
    }

    @Test func `a link in the place of a log is not followed`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let precious = "\(site.folder)/precious"
            try Data("precious".utf8).write(to: URL(filePath: precious))
            for folder in [site.state, "\(site.state)/log"] { mkdir(folder, 0o755) }
            symlink(precious, "\(site.state)/log/start.log")
            _ = try await site.run { _ in try await site.awaitAnswer("302 /v1", of: "a.example") }
            #expect(FileManager.default.contents(atPath: precious) == Data("precious".utf8))
        }
    }

    @Test func `a folder of a later version is left as it is`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            mkdir(site.state, 0o755)
            try Data("99\n".utf8).write(to: URL(filePath: "\(site.state)/format"))
            let before = try await ControllerSite.contents(of: site.state)
            let end = try await site.runToEnd()
            #expect(end.status == .exited(2))
            #expect(end.log.contains("\(site.state): this state folder was written by a later version"), "\(end.log)")
            #expect(try await ControllerSite.contents(of: site.state) == before)
        }
    }

    @Test func `the second Postern on a state folder ends at once, and the first goes on`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { first in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                let (workers, generation) = (site.workers, site.generation(at: "current"))
                let second = try await site.runToEnd()
                #expect(second.status == .exited(2))
                #expect(second.log == "Error: \(site.state): another postern uses this state folder\n")
                #expect(site.status?.processIdentifier == first.processIdentifier)
                #expect(site.workers == workers && site.generation(at: "current") == generation)
                try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                try await site.awaitAnswer("302 /v2", of: "a.example")
            }
        }
    }
}
